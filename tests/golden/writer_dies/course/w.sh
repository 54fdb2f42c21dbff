if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
echo "Traceback: no such key: title" >&2
exit 3
