if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
for f in 1 2 3; do
	head -c 500000 /dev/zero >"$ERGEN_FOLDER/$f"
	echo "{\"file\":\"$f\"}"
done
echo '{"done":true}'
