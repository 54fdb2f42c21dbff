if [ "$1" = --describe ]; then
	echo '{"protocol":[2,3]}'
	exit
fi
exit 9
