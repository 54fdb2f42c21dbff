if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
sed -n '1s/.*"lang":"\([a-z]*\)".*/\1/p' >"$ERGEN_FOLDER/lang"
echo '{"file":"lang"}'
echo '{"done":true}'
