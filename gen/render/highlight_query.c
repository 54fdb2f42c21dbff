/* SQL and KQL. */
#include "render/highlight_own.h"

/* ---- SQL, of several databases */

static const struct lex_word sql_words[] = { { "add", LEX_K },
	{ "after", LEX_K }, { "all", LEX_K }, { "alter", LEX_K },
	{ "analyze", LEX_K }, { "and", LEX_OW }, { "any", LEX_OW },
	{ "apply", LEX_K }, { "as", LEX_K }, { "asc", LEX_K },
	{ "authorization", LEX_K }, { "auto_increment", LEX_K },
	{ "autoincrement", LEX_K }, { "backup", LEX_K }, { "before", LEX_K },
	{ "begin", LEX_K }, { "between", LEX_OW }, { "bigint", LEX_KT },
	{ "binary", LEX_KT }, { "bit", LEX_KT }, { "blob", LEX_KT },
	{ "bool", LEX_KT }, { "boolean", LEX_KT }, { "by", LEX_K },
	{ "bytea", LEX_KT }, { "cascade", LEX_K }, { "case", LEX_K },
	{ "cast", LEX_K }, { "char", LEX_KT }, { "character", LEX_KT },
	{ "check", LEX_K }, { "checkpoint", LEX_K }, { "clob", LEX_KT },
	{ "close", LEX_K }, { "cluster", LEX_K }, { "clustered", LEX_K },
	{ "collate", LEX_K }, { "column", LEX_K }, { "commit", LEX_K },
	{ "compute", LEX_K }, { "constraint", LEX_K }, { "create", LEX_K },
	{ "cross", LEX_K }, { "cube", LEX_K }, { "current", LEX_K },
	{ "cursor", LEX_K }, { "database", LEX_K }, { "date", LEX_KT },
	{ "datetime", LEX_KT }, { "datetime2", LEX_KT },
	{ "datetimeoffset", LEX_KT }, { "deallocate", LEX_K },
	{ "dec", LEX_KT }, { "decimal", LEX_KT }, { "declare", LEX_K },
	{ "default", LEX_K }, { "delete", LEX_K }, { "deny", LEX_K },
	{ "desc", LEX_K }, { "describe", LEX_K }, { "disable", LEX_K },
	{ "distinct", LEX_K }, { "do", LEX_K }, { "double", LEX_KT },
	{ "drop", LEX_K }, { "each", LEX_K }, { "else", LEX_K },
	{ "enable", LEX_K }, { "end", LEX_K }, { "escape", LEX_K },
	{ "except", LEX_K }, { "exec", LEX_K }, { "execute", LEX_K },
	{ "exists", LEX_OW }, { "explain", LEX_K }, { "external", LEX_K },
	{ "false", LEX_KC }, { "fetch", LEX_K }, { "first", LEX_K },
	{ "float", LEX_KT }, { "following", LEX_K }, { "for", LEX_K },
	{ "foreign", LEX_K }, { "from", LEX_K }, { "full", LEX_K },
	{ "function", LEX_K }, { "generated", LEX_K }, { "geography", LEX_KT },
	{ "geometry", LEX_KT }, { "glob", LEX_OW }, { "go", LEX_K },
	{ "grant", LEX_K }, { "group", LEX_K }, { "having", LEX_K },
	{ "identity", LEX_K }, { "if", LEX_K }, { "ignore", LEX_K },
	{ "ilike", LEX_OW }, { "image", LEX_KT }, { "immediate", LEX_K },
	{ "in", LEX_OW }, { "index", LEX_K }, { "inner", LEX_K },
	{ "insert", LEX_K }, { "instead", LEX_K }, { "int", LEX_KT },
	{ "int2", LEX_KT }, { "int4", LEX_KT }, { "int8", LEX_KT },
	{ "integer", LEX_KT }, { "intersect", LEX_K }, { "interval", LEX_KT },
	{ "into", LEX_K }, { "is", LEX_K }, { "join", LEX_K },
	{ "json", LEX_KT }, { "jsonb", LEX_KT }, { "key", LEX_K },
	{ "kill", LEX_K }, { "last", LEX_K }, { "lateral", LEX_K },
	{ "left", LEX_K }, { "like", LEX_OW }, { "limit", LEX_K },
	{ "login", LEX_K }, { "long", LEX_KT }, { "longtext", LEX_KT },
	{ "loop", LEX_K }, { "materialized", LEX_K }, { "mediumint", LEX_KT },
	{ "mediumtext", LEX_KT }, { "merge", LEX_K }, { "money", LEX_KT },
	{ "natural", LEX_K }, { "nchar", LEX_KT }, { "next", LEX_K },
	{ "nocheck", LEX_K }, { "nocount", LEX_K }, { "nonclustered", LEX_K },
	{ "not", LEX_OW }, { "ntext", LEX_KT }, { "null", LEX_KC },
	{ "nulls", LEX_K }, { "number", LEX_KT }, { "numeric", LEX_KT },
	{ "nvarchar", LEX_KT }, { "of", LEX_K }, { "off", LEX_K },
	{ "offset", LEX_K }, { "on", LEX_K }, { "only", LEX_K },
	{ "open", LEX_K }, { "option", LEX_K }, { "or", LEX_OW },
	{ "order", LEX_K }, { "out", LEX_K }, { "outer", LEX_K },
	{ "output", LEX_K }, { "over", LEX_K }, { "partition", LEX_K },
	{ "percent", LEX_K }, { "pivot", LEX_K }, { "pragma", LEX_K },
	{ "preceding", LEX_K }, { "precision", LEX_KT }, { "primary", LEX_K },
	{ "print", LEX_K }, { "procedure", LEX_K }, { "raiserror", LEX_K },
	{ "range", LEX_K }, { "read", LEX_K }, { "real", LEX_KT },
	{ "recursive", LEX_K }, { "references", LEX_K }, { "regexp", LEX_OW },
	{ "replace", LEX_K }, { "restore", LEX_K }, { "restrict", LEX_K },
	{ "return", LEX_K }, { "returning", LEX_K }, { "returns", LEX_K },
	{ "revoke", LEX_K }, { "right", LEX_K }, { "role", LEX_K },
	{ "rollback", LEX_K }, { "row", LEX_K }, { "rows", LEX_K },
	{ "rowversion", LEX_KT }, { "rule", LEX_K }, { "savepoint", LEX_K },
	{ "schema", LEX_K }, { "select", LEX_K }, { "serial", LEX_KT },
	{ "set", LEX_K }, { "show", LEX_K }, { "smalldatetime", LEX_KT },
	{ "smallint", LEX_KT }, { "smallmoney", LEX_KT }, { "some", LEX_OW },
	{ "source", LEX_K }, { "sql_variant", LEX_KT }, { "statistics", LEX_K },
	{ "table", LEX_K }, { "tablesample", LEX_K }, { "target", LEX_K },
	{ "temp", LEX_K }, { "temporary", LEX_K }, { "text", LEX_KT },
	{ "then", LEX_K }, { "throw", LEX_K }, { "time", LEX_KT },
	{ "timestamp", LEX_KT }, { "timestamptz", LEX_KT },
	{ "tinyint", LEX_KT }, { "to", LEX_K }, { "top", LEX_K },
	{ "tran", LEX_K }, { "transaction", LEX_K }, { "trigger", LEX_K },
	{ "true", LEX_KC }, { "truncate", LEX_K }, { "unbounded", LEX_K },
	{ "union", LEX_K }, { "unique", LEX_K }, { "uniqueidentifier", LEX_KT },
	{ "unknown", LEX_KC }, { "unpivot", LEX_K }, { "update", LEX_K },
	{ "use", LEX_K }, { "user", LEX_K }, { "using", LEX_K },
	{ "uuid", LEX_KT }, { "vacuum", LEX_K }, { "values", LEX_K },
	{ "varbinary", LEX_KT }, { "varchar", LEX_KT }, { "varchar2", LEX_KT },
	{ "varying", LEX_KT }, { "view", LEX_K }, { "waitfor", LEX_K },
	{ "when", LEX_K }, { "where", LEX_K }, { "while", LEX_K },
	{ "with", LEX_K }, { "without", LEX_K }, { "work", LEX_K },
	{ "xml", LEX_KT }, { "year", LEX_KT } };

static const struct lex_string sql_strings[] = {
	{ .open = "'",
	    .close = "'",
	    .c = LEX_S1,
	    .is_doubled = true,
	    .has_lines = true },
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .is_doubled = true,
	    .has_lines = true },
	{ .open = "`", .close = "`", .c = LEX_S },
};

/* @name, @@name, #temporary, :parameter, $1, and [a name], which is plain. */
static bool
sql_step(struct lexer *x)
{
	const char *p = x->p + 1;

	if (*x->p == '[' && lex_is_letter(lex_at(x, 1))) {
		x->p = lex_find_any(x->p, x->end, "]\r\n");
		return true;
	}
	if (*x->p == '@' && lex_at(x, 1) == '@')
		p++;
	if (*x->p == '[' || p >= x->end ||
	    (!lex_is_letter(*p) && *x->p != '$') || lex_before(x) == ':')
		return false;
	while (p < x->end && (lex_is_letter(*p) || g_ascii_isdigit(*p)))
		p++;
	lex_take(x, (size_t)(p - x->p), LEX_NV);
	return true;
}

const struct language lex_sql = {
	.names = "sql mysql tsql t-sql mssql postgres postgresql psql plpgsql "
		 "sqlite sqlite3 mariadb",
	.run = lex_code,
	.words = sql_words,
	.n_words = G_N_ELEMENTS(sql_words),
	.strings = sql_strings,
	.n_strings = G_N_ELEMENTS(sql_strings),
	.line_comments = { "--" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!|&~^",
	.step = sql_step,
	.step_at = "@#:$[",
	.has_no_case = true,
	.has_calls = true,
	.is_nesting = true
};

/* ---- KQL: https://learn.microsoft.com/kusto/query/ */

static const struct lex_word kql_words[] = { { "alias", LEX_K },
	{ "and", LEX_OW }, { "areachart", LEX_KC }, { "as", LEX_K },
	{ "asc", LEX_K }, { "barchart", LEX_KC }, { "between", LEX_OW },
	{ "bool", LEX_KT }, { "boolean", LEX_KT }, { "by", LEX_K },
	{ "card", LEX_KC }, { "columnchart", LEX_KC }, { "consume", LEX_K },
	{ "contains", LEX_OW }, { "contains_cs", LEX_OW }, { "count", LEX_K },
	{ "datatable", LEX_K }, { "date", LEX_KT }, { "datetime", LEX_KT },
	{ "decimal", LEX_KT }, { "declare", LEX_K }, { "default", LEX_K },
	{ "desc", LEX_K }, { "distinct", LEX_K }, { "double", LEX_KT },
	{ "dynamic", LEX_KT }, { "endswith", LEX_OW },
	{ "endswith_cs", LEX_OW }, { "evaluate", LEX_K }, { "extend", LEX_K },
	{ "externaldata", LEX_K }, { "facet", LEX_K }, { "false", LEX_KC },
	{ "find", LEX_K }, { "first", LEX_K }, { "fork", LEX_K },
	{ "from", LEX_K }, { "fullouter", LEX_K }, { "getschema", LEX_K },
	{ "graph-match", LEX_K }, { "guid", LEX_KT }, { "has", LEX_OW },
	{ "has_all", LEX_OW }, { "has_any", LEX_OW }, { "has_cs", LEX_OW },
	{ "hasprefix", LEX_OW }, { "hasprefix_cs", LEX_OW },
	{ "hassuffix", LEX_OW }, { "hassuffix_cs", LEX_OW }, { "in", LEX_OW },
	{ "inner", LEX_K }, { "innerunique", LEX_K }, { "int", LEX_KT },
	{ "invoke", LEX_K }, { "in~", LEX_OW }, { "join", LEX_K },
	{ "kind", LEX_K }, { "last", LEX_K }, { "lastvalue", LEX_K },
	{ "leftanti", LEX_K }, { "leftantisemi", LEX_K },
	{ "leftinner", LEX_K }, { "leftouter", LEX_K }, { "leftsemi", LEX_K },
	{ "let", LEX_K }, { "like", LEX_OW }, { "limit", LEX_K },
	{ "linechart", LEX_KC }, { "long", LEX_KT }, { "lookup", LEX_K },
	{ "make-graph", LEX_K }, { "make-series", LEX_K },
	{ "matches", LEX_OW }, { "materialize", LEX_K }, { "mv-apply", LEX_K },
	{ "mv-expand", LEX_K }, { "not", LEX_OW }, { "notlike", LEX_OW },
	{ "null", LEX_KC }, { "nulls", LEX_K }, { "of", LEX_K },
	{ "on", LEX_K }, { "or", LEX_OW }, { "order", LEX_K },
	{ "parse", LEX_K }, { "parse-kv", LEX_K }, { "parse-where", LEX_K },
	{ "partition", LEX_K }, { "pattern", LEX_K }, { "piechart", LEX_KC },
	{ "pivotchart", LEX_KC }, { "print", LEX_K }, { "project", LEX_K },
	{ "project-away", LEX_K }, { "project-keep", LEX_K },
	{ "project-rename", LEX_K }, { "project-reorder", LEX_K },
	{ "query_parameters", LEX_K }, { "range", LEX_K }, { "real", LEX_KT },
	{ "reduce", LEX_K }, { "regex", LEX_OW }, { "render", LEX_K },
	{ "restrict", LEX_K }, { "rightanti", LEX_K },
	{ "rightantisemi", LEX_K }, { "rightinner", LEX_K },
	{ "rightouter", LEX_K }, { "rightsemi", LEX_K }, { "sample", LEX_K },
	{ "sample-distinct", LEX_K }, { "scan", LEX_K },
	{ "scatterchart", LEX_KC }, { "search", LEX_K }, { "serialize", LEX_K },
	{ "set", LEX_K }, { "sort", LEX_K }, { "stackedareachart", LEX_KC },
	{ "startswith", LEX_OW }, { "startswith_cs", LEX_OW },
	{ "step", LEX_K }, { "string", LEX_KT }, { "summarize", LEX_K },
	{ "table", LEX_K }, { "tabular", LEX_K }, { "take", LEX_K },
	{ "then", LEX_K }, { "time", LEX_KT }, { "timechart", LEX_KC },
	{ "timespan", LEX_KT }, { "to", LEX_K }, { "top", LEX_K },
	{ "top-hitters", LEX_K }, { "top-nested", LEX_K },
	{ "toscalar", LEX_K }, { "true", LEX_KC }, { "typeof", LEX_K },
	{ "union", LEX_K }, { "uniqueid", LEX_KT }, { "view", LEX_K },
	{ "where", LEX_K }, { "with", LEX_K }, { "withsource", LEX_K } };

static const struct lex_string kql_strings[] = {
	{ .open = "```", .close = "```", .c = LEX_S, .has_lines = true },
	{ .open = "@\"", .close = "\"", .c = LEX_S2, .is_doubled = true },
	{ .open = "@'", .close = "'", .c = LEX_S1, .is_doubled = true },
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

/* "!has" and "!in~" are operators, too; ".show tables" is a command. */
static bool
kql_step(struct lexer *x)
{
	const char *from = x->p;
	char before = lex_before(x);
	bool is_command = *from == '.' && (from == x->start || before == '\n');

	if (!lex_is_letter(lex_at(x, 1)) || (*from == '.' && !is_command))
		return false;
	x->p++;
	while (x->p < x->end && (lex_is_letter(*x->p) || *x->p == '~'))
		x->p++;
	lex_token(x, from, is_command ? LEX_K : LEX_OW);
	return true;
}

/* No operator is longer. */
#define KQL_MAX 32

/* A word goes on with - or ~ only in operators: project-away and in~, but
 * a-b. */
static enum lex_class
kql_word(struct lexer *x, struct str word)
{
	const char *p = x->p;
	enum lex_class c = LEX_PLAIN;

	if (p < x->end && (*p == '-' || *p == '~')) {
		while (x->p < x->end && x->p - word.p < KQL_MAX &&
		    (g_ascii_isalpha(*x->p) || *x->p == '-' || *x->p == '~'))
			x->p++;
		c = lex_word_class(x,
		    (struct str){ word.p, (size_t)(x->p - word.p) });
		if (c != LEX_PLAIN && c != LEX_NF)
			return c;
		x->p = p;
	}
	c = lex_word_class(x, word);
	if (c == LEX_K && lex_at(x, 0) == '(' &&
	    (str_is(word, "count") || str_is(word, "range")))
		return LEX_NF;
	return c;
}

const struct language lex_kql = { .names = "kql kusto kustoquery loganalytics",
	.run = lex_code,
	.words = kql_words,
	.n_words = G_N_ELEMENTS(kql_words),
	.strings = kql_strings,
	.n_strings = G_N_ELEMENTS(kql_strings),
	.line_comments = { "//" },
	.ops = "|=<>+-*/%!~",
	.step = kql_step,
	.step_at = "!.",
	.word = kql_word,
	.has_calls = true };
