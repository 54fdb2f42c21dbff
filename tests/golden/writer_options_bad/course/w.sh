if [ "$1" = --describe ]; then
	echo '{"protocol":1,"options":{"required":["must","empty"],"properties":{"must":{},"empty":{},"size":{"type":"integer","minimum":1,"maximum":6},"whole":{"type":"integer"},"yes":{"type":"boolean"},"name":{"type":"string"},"look":{"enum":["plain","rich","odd"]},"list":{"type":"array","items":{"type":"integer","maximum":6}},"deep":{"type":"object","properties":{"a":{"type":["number","null"],"minimum":1}}},"any":{"minimum":3}}}}'
	exit
fi
exit 9
