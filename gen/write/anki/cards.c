#include "write/anki/cards.h"

/* Anki scrolls to the element of this id when it shows the answer. */
#define HR "<hr id=\"answer\">\n"
#define CTX "{{#Context}}<div class=\"erg-ctx\">{{Context}}</div>{{/Context}}\n"
#define Q "<div class=\"erg-q\">{{Question}}</div>\n"
#define A "<div class=\"erg-a\">{{Answer}}</div>\n"
/* Anki's own {{hint:…}} needs a script. */
#define HINT                                                        \
	"{{#Hint}}<details class=\"erg-note\"><summary>?</summary>" \
	"{{Hint}}</details>{{/Hint}}\n"
#define TAIL                                                           \
	"{{#Explanation}}<div class=\"erg-why\">{{Explanation}}</div>" \
	"{{/Explanation}}\n"                                           \
	"{{#Source}}<div class=\"erg-src\">{{Source}}</div>{{/Source}}\n"

const struct card_text card_texts[NOTE_KIND_COUNT][TEMPLATES_MOST] = {
	[NOTE_CHOICE] = { { CTX Q "{{Options}}\n" HINT,
	    CTX Q HR "{{Answer}}\n" TAIL } },
	[NOTE_BASIC] = { { CTX Q HINT, "{{FrontSide}}\n" HR A TAIL } },
	[NOTE_BOTH_WAYS] = { { CTX Q HINT, "{{FrontSide}}\n" HR A TAIL },
	    { CTX "<div class=\"erg-q\">{{Answer}}</div>\n" HINT,
		"{{FrontSide}}\n" HR "{{Question}}\n" TAIL } },
	/* The answer is in the text, so that is where Anki has to scroll. */
	[NOTE_CLOZE] = { { CTX
	    "<div class=\"erg-q\">{{cloze:Question}}</div>\n" HINT,
	    CTX "<div class=\"erg-q\" id=\"answer\">{{cloze:Question}}</div>\n"
		"<hr>\n" TAIL } },
	[NOTE_TYPE_IN] = { { CTX Q HINT "{{type:Answer}}\n",
	    CTX Q HR "{{type:Answer}}\n" TAIL } },
};

/*
 * The width is limited by padding, so that the background fills the window.
 * Custom properties and logical longhands are understood by every engine that
 * Anki 2.1.44 and later come with; newer things stand behind a plain fallback.
 * Colours have a contrast of 4.5 : 1 at least, in both modes. Night mode is
 * .nightMode or .night_mode, depending on the program.
 */
static const char text_css[] =
    ".card {\n"
    "  --erg-fg: #1f2328;\n"
    "  --erg-bg: #ffffff;\n"
    "  --erg-soft: #f3f5f7;\n"
    "  --erg-line: #c8d0d9;\n"
    "  --erg-mute: #565e67;\n"
    "  --erg-link: #0a56b0;\n"
    "  --erg-ok: #12642b;\n"
    "  --erg-ok-bg: #e8f6ec;\n"
    "  --erg-no: #9f1528;\n"
    "  margin: 0;\n"
    "  padding: 0.75rem 1rem 2rem;\n"
    "  padding-left: max(1rem, calc(50% - 21rem));\n"
    "  padding-right: max(1rem, calc(50% - 21rem));\n"
    "  font-family: system-ui, -apple-system, \"Segoe UI\", Roboto,\n"
    "    \"Noto Sans\", sans-serif;\n"
    "  font-size: 1.125rem;\n"
    "  line-height: 1.5;\n"
    "  text-align: start;\n"
    "  overflow-wrap: break-word;\n"
    "  color: var(--erg-fg);\n"
    "  background: var(--erg-bg);\n"
    "}\n"
    ".card.nightMode, .card.night_mode,\n"
    ".nightMode .card, .night_mode .card {\n"
    "  --erg-fg: #e4e8ec;\n"
    "  --erg-bg: #1c1f23;\n"
    "  --erg-soft: #2a2f35;\n"
    "  --erg-line: #48505a;\n"
    "  --erg-mute: #a6afb9;\n"
    "  --erg-link: #82b8ff;\n"
    "  --erg-ok: #7bd694;\n"
    "  --erg-ok-bg: #16301f;\n"
    "  --erg-no: #ff9c9f;\n"
    "  color: var(--erg-fg);\n"
    "  background: var(--erg-bg);\n"
    "}\n"
    ".card a { color: var(--erg-link); }\n"
    ".card p, .card ul, .card ol, .card pre, .card table,\n"
    ".card blockquote { margin-top: 0.5em; margin-bottom: 0.5em; }\n"
    ".card ul, .card ol {\n"
    "  padding-left: 0;\n"
    "  padding-inline-start: 1.75em;\n"
    "}\n"
    ".card img, .card svg, .card video { max-width: 100%; height: auto; }\n"
    ".nightMode img, .night_mode img { background: #ffffff; }\n"
    ".card code, .card kbd, .card samp {\n"
    "  font-family: ui-monospace, \"Cascadia Mono\", Menlo, Consolas,\n"
    "    \"DejaVu Sans Mono\", monospace;\n"
    "  font-size: 0.9em;\n"
    "  padding: 0.1em 0.25em;\n"
    "  border-radius: 0.2em;\n"
    "  background: var(--erg-soft);\n"
    "}\n"
    ".card pre {\n"
    "  direction: ltr;\n"
    "  text-align: left;\n"
    "  padding: 0.6em 0.75em;\n"
    "  border-radius: 0.35em;\n"
    "  background: var(--erg-soft);\n"
    "  overflow-x: auto;\n"
    "}\n"
    ".card pre code { padding: 0; background: none; }\n"
    ".card .scroll { max-width: 100%; overflow-x: auto; }\n"
    ".card table { border-collapse: collapse; font-size: 0.95em; }\n"
    ".card th, .card td {\n"
    "  padding: 0.3em 0.6em;\n"
    "  border: 1px solid var(--erg-line);\n"
    "  vertical-align: top;\n"
    "  text-align: start;\n"
    "}\n"
    ".card .al { text-align: left; }\n"
    ".card .ac { text-align: center; }\n"
    ".card .ar { text-align: right; }\n"
    ".card th { background: var(--erg-soft); }\n"
    ".card blockquote {\n"
    "  margin-left: 0;\n"
    "  margin-right: 0;\n"
    "  padding-inline-start: 0.75em;\n"
    "  border-inline-start: 0.2em solid var(--erg-line);\n"
    "}\n"
    ".card .note {\n"
    "  margin: 0.75em 0;\n"
    "  padding: 0.4em 0.75em;\n"
    "  border-inline-start: 0.2em solid var(--erg-link);\n"
    "  background: var(--erg-soft);\n"
    "}\n"
    ".card .note-t { font-weight: 600; }\n"
    ".card .note > p { margin-top: 0.2em; margin-bottom: 0.2em; }\n"
    ".card figure { margin: 0.75em 0; }\n"
    ".card li.task { list-style: none; }\n"
    ".card hr {\n"
    "  border: 0;\n"
    "  border-top: 1px solid var(--erg-line);\n"
    "  margin: 1em 0;\n"
    "}\n";

static const char question_css[] =
    ".erg-ctx, .erg-src, .erg-how { color: var(--erg-mute); }\n"
    ".erg-ctx { font-size: 0.8em; margin-bottom: 0.75em; }\n"
    ".erg-src { font-size: 0.85em; margin-top: 1em; }\n"
    ".erg-how { font-size: 0.9em; }\n"
    ".erg-q { font-size: 1.05em; }\n"
    ".erg-opts > li {\n"
    "  margin: 0.4em 0;\n"
    "  padding: 0.2em 0.5em;\n"
    "  border-inline-start: 0.2em solid transparent;\n"
    "}\n"
    ".erg-opts > li > p:first-child { margin-top: 0; }\n"
    ".erg-opts > li.ok {\n"
    "  background: var(--erg-ok-bg);\n"
    "  border-color: var(--erg-ok);\n"
    "}\n"
    ".card p.ok { color: var(--erg-ok); font-weight: 600; }\n"
    ".card th.ok, .card td.ok {\n"
    "  color: var(--erg-ok);\n"
    "  background: var(--erg-ok-bg);\n"
    "  font-weight: 700;\n"
    "}\n"
    ".erg-two { display: flex; flex-wrap: wrap; }\n"
    ".card .erg-two > ol {\n"
    "  flex: 1 1 10em;\n"
    "  min-width: 0;\n"
    "  margin-inline-end: 1em;\n"
    "}\n"
    ".erg-two > ol > li { margin: 0.4em 0; padding: 0.2em 0.5em; }\n"
    ".card .erg-two img, .card .erg-pairs * { vertical-align: middle; }\n"
    ".card .erg-matrix th + th, .card .erg-matrix td + td {\n"
    "  text-align: center;\n"
    "  min-width: 3em;\n"
    "}\n"
    ".erg-mark { font-size: 0.85em; font-weight: 600; white-space: nowrap; }\n"
    ".ok > .erg-mark { color: var(--erg-ok); }\n"
    ".no > .erg-mark { color: var(--erg-no); }\n"
    ".erg-opts .erg-why { font-size: 0.9em; }\n"
    ".erg-opts .erg-why > p { margin: 0.2em 0; }\n"
    ".erg-note {\n"
    "  margin-top: 1em;\n"
    "  padding: 0.4em 0.75em;\n"
    "  border: 1px solid var(--erg-line);\n"
    "  border-radius: 0.35em;\n"
    "}\n"
    ".erg-note > summary {\n"
    "  cursor: pointer;\n"
    "  font-weight: 600;\n"
    "  min-height: 1.5em;\n"
    "}\n"
    ".erg-more { font-size: 0.9em; }\n"
    ".erg-fn { font-size: 0.85em; color: var(--erg-mute); }\n"
    ".cloze { font-weight: 600; color: var(--erg-link); }\n";

const char *const card_css[CARD_CSS_PARTS] = { text_css, question_css };
