if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
exec <&-
echo "cannot go on" >&2
echo '{"diagnostic":{"message":"told before"}}'
exit 2
