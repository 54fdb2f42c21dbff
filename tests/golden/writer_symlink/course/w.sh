if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
ln -s /etc/passwd "$ERGEN_FOLDER/x"
echo '{"file":"x"}'
echo '{"done":true}'
