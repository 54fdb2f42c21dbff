/*
 * The parts of the EPUB writer. Only files of this folder include it.
 *
 * The archive, all names of ours relative to EPUB/:
 *
 *	mimetype, META-INF/container.xml
 *	css/book.css			the theme's epub.css
 *	cover.png (.jpg, .svg)		the author's cover, or one drawn here
 *	text/cover.xhtml, text/title.xhtml
 *	text/<address>.xhtml		a chapter for every page
 *	text/a-z.xhtml			the index
 *	text/answers.xhtml		the answer key, last in the spine,
 *unless it stands in the chapters or nowhere
 *	assets/<address>		images that a page shows
 *	nav.xhtml, toc.ncx, package.opf
 *
 * https://www.w3.org/TR/epub-33/; the answer key instead of a form, and most
 * other choices between two valid ways, follow what reading systems can do.
 */
#ifndef ERGEN_EPUB_H
#define ERGEN_EPUB_H

#include "port/zip.h"
#include "render/html.h"
#include "write/writer.h"

#define EPUB_CSS "css/book.css"
#define EPUB_NAV "nav.xhtml"
#define EPUB_NCX "toc.ncx"
#define EPUB_COVER_PAGE "text/cover.xhtml"
#define EPUB_TITLE_PAGE "text/title.xhtml"
#define EPUB_INDEX "text/a-z.xhtml"
#define EPUB_ANSWERS "text/answers.xhtml"
/* Stands in raw HTML for an address that this book has not. */
#define NAME_NOWHERE "ergen:nowhere"

/* Places in writer_epub.options. */
enum {
	OPTION_ANSWERS,
	OPTION_COVER,
	OPTION_WCAG,
	OPTION_CERTIFIED_BY,
	OPTION_PAGE_SOURCE
};

/* Where the answer key stands. */
enum answers {
	ANSWERS_BOOK, /* in a file of its own, the last one */
	ANSWERS_CHAPTER, /* at the end of each page with questions */
	ANSWERS_NONE
};

/* What a chapter holds that the package has to tell; also flags of a part. */
enum {
	HAS_SVG = 1, /* inline */
	HAS_MATHML = 2,
	HAS_IMAGE = 4,
	HAS_IMAGE_WITHOUT_ALT = 8,
	HAS_TABLE = 512,
	HAS_TABLE_WITHOUT_HEAD = 1024,
	/* Of parts only. */
	PART_DEFLATED = 16,
	PART_ANSWERS = 32, /* a piece of the answer key, as it is */
	PART_TABLES = 64, /* entries of a list, likewise */
	PART_FIGURES = 128,
	PART_COVER = 256, /* drawn */
	PART_PAGES = 2048
};

/* Entries of the lists in nav.xhtml. */
struct lists {
	GString *tables, *figures;
	GString *pages; /* of the print edition */
};

struct epub {
	struct zip *zip;
	const char *uid; /* urn:uuid:… */
	const char *modified; /* 2026-11-22T10:00:00Z */
	const char *cover; /* name */
	const char *cover_type;
	unsigned *has; /* of every page, by its number */
	GString *answers;
	struct lists lists;
	unsigned answers_has;
	bool has_index;
	GPtrArray *images; /* const struct asset *, sorted by address */
	bool *image_scripts; /* those of them with a script inside */
	bool *image_moves; /* SVG that is animated */
};

/* A file of the book while it is written: how it looks at the others. */
struct view {
	const char *from; /* its name */
	const struct site *site;
	const struct words *words;
	const struct doc *doc; /* whose text is being written */
	enum answers answers;
	/* Ids get a prefix afterwards, and so does what refers to one by "#"
	 * alone: a link to the rest of the file names the file. */
	bool is_prefixed;
};

/* names.c: names of files, safe on every system and injective. */
void name_of_page(GString *out, const struct page_ref *page);
void name_of_asset(GString *out, const struct asset *asset);
/* Appends where `to` is as seen from `from`. */
void name_relative(GString *out, const char *from, const char *to);
/* The same, but nothing if it is the same file. */
void name_other(GString *out, const char *from, const char *to);
/* html_policy.address with a struct view. */
bool view_address(GString *out, const struct link *l, const void *ctx);

/* xhtml.c: what is common to all content documents. */
/* Of no source's text yet. */
struct view view_of_file(const struct brief *in, const char *name);
void xhtml_begin(GString *out, const struct view *v, const char *title,
    const char *lang, const char *body_type);
void xhtml_end(GString *out);
/* The attributes for a text in this language, if it is not the book's. */
void put_lang(GString *out, const char *lang, const struct site *site);
struct html_policy view_policy(const struct view *v);
/* Goes over what was written from `at` on: links that lead nowhere lose their
 * address; with a prefix every id and every reference to one gets it; with
 * is_rtl code is marked as text from left to right. */
void xhtml_mend(GString *out, size_t at, const char *prefix, bool is_rtl);
/* The attribute for text of this language, if its direction is not the
 * book's. */
const char *dir_of(const char *lang, const struct site *site);
/* The flags of a finished document. */
unsigned xhtml_look(const GString *out);
/* <open class><b>label</b> content: in one paragraph if content is one. */
void put_labelled(GString *out, const char *class, const char *label,
    const struct node *content, const struct html_policy *p);

/* raw.c: goes over text with raw HTML or drawings in it, from `at` on: ids that
 * stand twice, sizes that are none, addresses that lead nowhere, links without
 * a name. */
void raw_mend(GString *out, size_t at);

/* notes.c: which footnotes of a document some of its trees refer to. */
struct notes;
struct notes *notes_new(const struct doc *doc);
void notes_free(struct notes *n);
/* tree may be NULL. */
void notes_find(struct notes *n, const struct node *tree);
/* Gives each note a first reference in the text from `from` on. */
void notes_anchor(struct notes *n, GString *out, size_t from);
/* Asides with links, at the end of a chapter. */
void
notes_write(GString *out, const struct notes *n, const struct html_policy *p);
/* Plain paragraphs without ids, below an answer. */
void notes_write_here(GString *out, const struct notes *n,
    const struct html_policy *p);

/* epub.c */
enum answers answers_option(const struct brief *in);
/* Where site.yaml gives an option of ours. */
struct loc option_place(const struct brief *in, const char *key);

/* chapter.c */
/* Adds the page's entries to the lists. */
void chapter_write(GString *out, const struct lists *lists,
    const struct brief *in, const struct page *page);

/* structure.c: of what stands behind `from`. */
/* A heading is one level below the one that it belongs to. */
void structure_level(GString *out, size_t from);
/* Of the whole text: callouts of one kind are no landmarks. */
void structure_unname(GString *out);
/* Tables and figures with a caption and marks of pages get ids, and each list
 * an entry <li> for every one. */
void structure_list(GString *out, size_t from, const struct lists *to,
    const struct view *v, const char *lang);

/* index.c: lists from A to Z. */
/* The glossary's terms, behind what stands before the first of them. */
void glossary_write(GString *out, const struct page *page,
    const struct html_policy *p);
/* Adds the chapter, unless it would only repeat the contents. */
bool index_write(struct job *j, struct epub *e);

/* question.c: what a chapter shows of a question, below a heading of a level.
 * p is the chapter's, with a struct view. */
void question_write(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, unsigned level, const struct html_policy *p);
void question_find_notes(struct notes *n, const struct question *q);
/* "Question 1", "Question 1 (2 points): Title". */
void put_question_title(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, bool with_title, const struct html_policy *p);
/* What a letter stands for: option, item or right side i; else nothing. */
void put_shown(GString *out, const struct question *q, size_t i,
    const struct html_policy *p);

/* answers.c: the key's sections of one page; nothing if it has no question of
 * its own. */
void
answers_write(GString *out, const struct brief *in, const struct page *page);
/* The same as one section at the end of the chapter. */
void answers_write_here(GString *out, const struct page *page,
    const struct view *here);
/* "a-er--l2" for "q-er--l2". */
void put_answer_id(GString *out, const struct question *q);

/* image.c: the kind of an image by its first bytes; NULL if it is none that
 * every reading system has to show. */
const char *image_type(struct str head);
/* The same of a file; false: it cannot be read, errno says why. */
bool image_read_type(const char *path, const char **type);
/* Reports one that is too large for readers; pixels: 0 for a drawing. */
void image_check_size(struct loc at, const char *name, size_t size,
    unsigned width, unsigned height, struct diag *d);
/* Reports to d what the book's images have that an EPUB cannot show. */
void images_check(const struct book *b, struct diag *d);
/* Every image of the course that a page shows, sorted by address. */
GPtrArray *images_of(const struct book *b);

/* cover.c */
void cover_check(const struct brief *in, struct diag *d);
bool cover_is_drawn(const struct brief *in);
/* Adds the cover and its page; drawn: by cover_draw(), or nothing. */
bool cover_add(struct job *j, struct epub *e, struct str drawn);

/* cover_draw.c: a PNG if this machine can paint, else an SVG. It takes as long
 * as many pages, so it is done beside them. */
struct str cover_draw(const struct brief *in, struct arena *a);

/* nav.c: nav.xhtml and toc.ncx. */
bool nav_add(struct job *j, struct epub *e);

/* metadata.c: all of <metadata>; has: the flags of the whole book. */
void metadata_write(GString *out, const struct job *j, const struct epub *e,
    unsigned has);
void people_check(const struct brief *in, struct diag *d);
void wcag_check(const struct brief *in, struct diag *d);

/* package.c: first what stands before the chapters, then all the rest. */
bool package_begin(struct job *j, struct epub *e);
bool package_front(struct job *j, struct epub *e, struct str drawn_cover);
bool package_end(struct job *j, struct epub *e);
const char *package_uid(struct arena *a, const char *course_id);
/* Takes out of text what XML forbids, and deflates it. */
void epub_pack(struct zip_entry *entry, GString *text, struct arena *a);
bool epub_add(struct epub *e, const char *name, const struct zip_entry *entry);
/* text may lose characters. */
bool epub_add_text(struct epub *e, const char *name, GString *text);
bool epub_add_image(struct epub *e, const char *name, struct str bytes,
    const char *type);

#endif
