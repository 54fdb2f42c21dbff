if [ "$1" = --describe ]; then
	echo '{"protocol":[7,1],"stream":true,"needs":["questions"],"supports":{"one":"rough","table":{"level":"none","how":"left out, being \u00e9l\u00e9gant"},"unheard_of":"none"}}'
	exit
fi
cat >"$ERGEN_FOLDER/book.jsonl"
cut -c1-30 "$ERGEN_FOLDER/book.jsonl" | sed 's/"output.*//' >"$ERGEN_FOLDER/lines"
echo '{"file":"book.jsonl"}'
echo '{"file":"lines"}'
echo '{"done":true}'
