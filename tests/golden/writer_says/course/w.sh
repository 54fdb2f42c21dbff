if [ "$1" = --describe ]; then
	echo '{"protocol":[1]}'
	exit
fi
cat >/dev/null
cat <<'EOF'
{"diagnostic":{"severity":"note","message":"a note\twith\u001b[31m colour","path":"content/10-routes.md","line":3,"col":3}}
{"diagnostic":{"severity":"warning","message":"no place"}}
{"diagnostic":{"severity":"warning","code":"W7","message":"of a question","question":"rt/one","help":"ask less"}}
{"diagnostic":{"severity":"warning","message":"elsewhere","path":"../../etc/passwd","line":1}}
EOF
echo '{"done":true}'
