#include "base/json.h"

static void
comma(struct json *j)
{
	if (j->needs_comma)
		g_string_append_c(j->out, ',');
	j->needs_comma = true;
}

void
json_open(struct json *j, char open)
{
	comma(j);
	g_string_append_c(j->out, open);
	j->needs_comma = false;
}

void
json_close(struct json *j, char close)
{
	g_string_append_c(j->out, close);
	j->needs_comma = true;
}

static void
put_string(GString *out, struct str s)
{
	size_t from = 0;

	g_string_append_c(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		g_string_append_len(out, s.p + from, (gssize)(i - from));
		from = i + 1;
		if (c == '\n')
			g_string_append_len(out, "\\n", 2);
		else if (c == '"' || c == '\\')
			g_string_append_printf(out, "\\%c", c);
		else
			g_string_append_printf(out, "\\u%04x", c);
	}
	g_string_append_len(out, s.p + from, (gssize)(s.len - from));
	g_string_append_c(out, '"');
}

void
json_key(struct json *j, const char *key)
{
	comma(j);
	put_string(j->out, str_of(key));
	g_string_append_c(j->out, ':');
	j->needs_comma = false;
}

void
json_str(struct json *j, struct str s)
{
	comma(j);
	put_string(j->out, s);
}

void
json_strz(struct json *j, const char *z)
{
	comma(j);
	if (z)
		put_string(j->out, str_of(z));
	else
		g_string_append(j->out, "null");
}

void
json_int(struct json *j, long long n)
{
	comma(j);
	g_string_append_printf(j->out, "%lld", n);
}

void
json_bool(struct json *j, bool b)
{
	comma(j);
	g_string_append(j->out, b ? "true" : "false");
}

void
json_add(struct json *j, const char *key, const char *value)
{
	json_key(j, key);
	json_strz(j, value);
}

void
json_add_int(struct json *j, const char *key, long long value)
{
	json_key(j, key);
	json_int(j, value);
}

void
json_add_bool(struct json *j, const char *key, bool value)
{
	json_key(j, key);
	json_bool(j, value);
}
