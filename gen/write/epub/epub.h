/*
 * The parts of the EPUB writer. Only files of this folder include it.
 *
 * The archive, all names of ours relative to EPUB/:
 *
 *	mimetype, META-INF/container.xml
 *	css/book.css			the theme's epub.css
 *	cover.svg (.png, .jpg)		the author's cover, or one drawn here
 *	text/cover.xhtml, text/title.xhtml
 *	text/<address>.xhtml		a chapter for every page
 *	text/answers.xhtml		the answer key, last in the spine
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
#define EPUB_ANSWERS "text/answers.xhtml"
/* Stands in raw HTML for an address that this book has not. */
#define NAME_NOWHERE "ergen:nowhere"

/* What a chapter holds that the package has to tell; also flags of a part. */
enum {
	HAS_SVG = 1, /* inline */
	HAS_MATHML = 2,
	HAS_IMAGE = 4,
	HAS_IMAGE_WITHOUT_ALT = 8,
	/* Of parts only. */
	PART_DEFLATED = 16,
	PART_ANSWERS = 32 /* a piece of the answer key, as it is */
};

struct epub {
	struct zip *zip;
	const char *uid; /* urn:uuid:… */
	const char *modified; /* 2026-11-22T10:00:00Z */
	const char *cover; /* name */
	const char *cover_type;
	unsigned char *has; /* of every page, by its number */
	GString *answers;
	unsigned answers_has;
	GPtrArray *images; /* const struct asset *, sorted by address */
	bool *image_scripts; /* those of them with a script inside */
};

/* A file of the book while it is written: how it looks at the others. */
struct view {
	const char *from; /* its name */
	const struct site *site;
	const struct words *words;
	const struct doc *doc; /* whose text is being written */
};

/* names.c: names of files, safe on every system and injective. */
void name_of_page(GString *out, const struct page_ref *page);
void name_of_asset(GString *out, const struct asset *asset);
/* Appends where `to` is as seen from `from`. */
void name_relative(GString *out, const char *from, const char *to);
/* html_policy.address with a struct view. */
bool view_address(GString *out, const struct link *l, const void *ctx);

/* xhtml.c: what is common to all content documents. */
void xhtml_begin(GString *out, const struct view *v, const char *title,
    const char *lang, const char *body_type);
void xhtml_end(GString *out);
struct html_policy view_policy(const struct view *v);
/* Goes over what was written from `at` on: links that lead nowhere lose their
 * address; with a prefix every id and every reference to one gets it; with
 * is_rtl code is marked as text from left to right. */
void xhtml_mend(GString *out, size_t at, const char *prefix, bool is_rtl);
/* True if text of this language may run from right to left. */
bool view_has_dir(const struct view *v, const char *lang);
/* The flags of a finished document. */
unsigned xhtml_look(const GString *out);
/* <open class><b>label</b> content: in one paragraph if content is one. */
void put_labelled(GString *out, const char *class, const char *label,
    const struct node *content, const struct html_policy *p);
/* "A" for 0; "AA" behind "Z". */
void put_letter(GString *out, size_t i);

/* notes.c: which footnotes of a document some of its trees refer to. */
struct notes;
struct notes *notes_new(const struct doc *doc);
void notes_free(struct notes *n);
/* tree may be NULL. */
void notes_find(struct notes *n, const struct node *tree);
/* Asides with links, at the end of a chapter. */
void
notes_write(GString *out, const struct notes *n, const struct html_policy *p);
/* Plain paragraphs without ids, below an answer. */
void notes_write_here(GString *out, const struct notes *n,
    const struct html_policy *p);

/* chapter.c */
void
chapter_write(GString *out, const struct brief *in, const struct page *page);

/* answers.c: the key's sections of one page; nothing without a quiz. */
void
answers_write(GString *out, const struct brief *in, const struct page *page);
/* "a-er--l2" for "q-er--l2". */
void put_answer_id(GString *out, const struct question *q);
/* "Question 1", or "Question 1: Title". */
void put_question_title(GString *out, const struct quiz_part *part,
    bool with_title, const struct html_policy *p);

/* image.c: the kind of an image by its first bytes; NULL if it is none that
 * every reading system has to show. */
const char *image_type(struct str head);
/* The same of a file; false: it cannot be read, errno says why. */
bool image_read_type(const char *path, const char **type);
/* Reports to d what the book's images have that an EPUB cannot show. */
void images_check(const struct book *b, struct diag *d);
/* Every image of the course that a page shows, sorted by address. */
GPtrArray *images_of(const struct book *b);

/* cover.c */
void cover_check(const struct brief *in, struct diag *d);
/* Adds the cover and its page. */
bool cover_add(struct job *j, struct epub *e);

/* nav.c: nav.xhtml and toc.ncx. */
bool nav_add(struct job *j, struct epub *e);

/* package.c: first what stands before the chapters, then all the rest. */
bool package_begin(struct job *j, struct epub *e);
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
