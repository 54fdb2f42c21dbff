if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
echo x >"$ERGEN_FOLDER/a
b"
printf '{"file":"a\\nb"}\n'
echo '{"done":true}'
