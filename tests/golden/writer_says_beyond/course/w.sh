if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
echo '{"diagnostic":{"severity":"error","message":"too wide","path":"content/10-routes.md","line":5}}'
echo '{"diagnostic":{"message":"another","path":"content/10-routes.md"}}'
echo '{"done":true}'
