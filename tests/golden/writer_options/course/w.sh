if [ "$1" = --describe ]; then
	echo '{"protocol":1,"options":{"type":"object","required":["size"],"properties":{"size":{"type":"integer","minimum":1,"maximum":6},"big":{"type":"boolean","default":true},"name":{"type":"string"},"ratio":{"type":"number"},"look":{"enum":["plain","rich"],"default":"plain"},"list":{"type":"array","items":{"type":"string"}},"free":{}}}}'
	exit
fi
cat >"$ERGEN_FOLDER/b"
echo '{"file":"b"}'
echo '{"done":true}'
