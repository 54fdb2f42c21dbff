if [ "$1" = --describe ]; then
	echo '{"protocol":9}'
	exit
fi
exit 9
