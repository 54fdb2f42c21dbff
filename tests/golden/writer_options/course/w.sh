if [ "$1" = --describe ]; then
	echo '{"protocol":1,"options":{"type":"object","required":["size","big"],"additionalProperties":{"type":"string"},"properties":{"size":{"type":"integer","minimum":1,"maximum":6},"big":{"type":"boolean","default":true},"name":{"type":"string"},"ratio":{"type":"number"},"look":{"enum":["plain","rich"],"default":"plain"},"list":{"type":"array","items":{"type":"string"}},"free":{},"version":{"type":["string","null"]},"nothing":{"type":["integer","null"]},"edition":{"enum":["1","2"]},"step":{"enum":[0.5,2.5]},"deep":{"type":"object","properties":{"a":{"type":"string"}}},"odd":{"type":"integer","minimum":["x"],"maximum":"y"}}}}'
	exit
fi
cat >"$ERGEN_FOLDER/b"
echo '{"file":"b"}'
echo '{"done":true}'
