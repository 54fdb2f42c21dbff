if [ "$1" = --describe ]; then
	echo '{"protocol":1,"options":{"required":["must"],"properties":{"must":{},"size":{"type":"integer","minimum":1,"maximum":6},"whole":{"type":"integer"},"yes":{"type":"boolean"},"name":{"type":"string"},"look":{"enum":["plain","rich","odd"]},"list":{"type":"array","items":{"type":"integer"}}}}}'
	exit
fi
exit 9
