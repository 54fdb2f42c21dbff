#!/bin/sh
# A format in a few lines of shell and awk: the words of the course and how
# often each is used, in words.txt. Licence: MIT.
#
#     outputs: {words: {command: [./writers/words.sh]}}
if [ "$1" = --describe ]; then
	echo '{"protocol": [1], "summary": "a list of words", "stream": true, "needs": ["content"]}'
	exit
fi
awk '
/^{"type":"page"/ {
	# The text of a page stands between its last "text" and "html".
	n = split($0, runs, /"text":"/)
	sub(/","html":".*/, "", runs[n])
	text = tolower(runs[n])
	gsub(/\\./, " ", text)
	while (match(text, /[a-z][a-z]+/)) {
		count[substr(text, RSTART, RLENGTH)]++
		text = substr(text, RSTART + RLENGTH)
	}
}
END { for (word in count) print count[word], word }' |
	sort -k1,1nr -k2 >"$ERGEN_FOLDER/words.txt"
echo '{"file": "words.txt"}'
echo '{"done": true}'
