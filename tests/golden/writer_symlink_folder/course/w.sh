if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
# A way to what is no folder of its own.
mkdir "$TMPDIR/other"
echo x >"$TMPDIR/other/x"
rmdir "$ERGEN_FOLDER"
ln -s "$TMPDIR/other" "$ERGEN_FOLDER"
echo '{"file":"x"}'
echo '{"done":true}'
