if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
# The error is not lost behind all the notes.
awk 'BEGIN {
	for (i = 0; i < 5000; i++)
		print "{\"diagnostic\":{\"severity\":\"note\",\"message\":\"n" i "\"}}"
	print "{\"diagnostic\":{\"message\":\"the last\"}}"
	print "{\"done\":true}"
}'
