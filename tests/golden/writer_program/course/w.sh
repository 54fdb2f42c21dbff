if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >"$ERGEN_FOLDER/book.json"
mkdir "$ERGEN_FOLDER/sub"
echo hello >"$ERGEN_FOLDER/sub/a.txt"
echo '{"file":"./sub//a.txt"}'
echo '{"file":"book.json"}'
echo '{"file":"book.json"}'
echo
echo '{"later":"unknown records are no fault"}'
echo '{"done":true}'
