if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
cat <<'EOF'
{"diagnostic":{"severity":"note","message":"no such line","path":"content/10-routes.md","line":4294967294,"col":2}}
{"diagnostic":{"severity":"note","message":"no such column","path":"content/10-routes.md","line":3,"col":4294967294}}
{"diagnostic":{"severity":"note","message":"no such question","question":"rt/none"}}
{"diagnostic":{"severity":"note","message":"no page","path":"content/images/a.png"}}
{"file":null,"diagnostic":null,"done":true}
EOF
