if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >"$ERGEN_FOLDER/b"
echo '{"file":"b"}'
echo '{"done":true}'
