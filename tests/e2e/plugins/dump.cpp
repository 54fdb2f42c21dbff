// Everything that the services tell of a book, a line for each answer, in a
// format that tests/e2e/plugin_test.py compares with the JSON of the book.
#include <ergen-writer.h>

#include <memory>
#include <new>
#include <string>
#include <vector>

namespace
{

struct dump {
	std::vector<std::string> pages;
};

std::string
text(ergen_str s)
{
	std::string quoted;

	if (!s.p)
		return "-";
	quoted = "\"";
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\n')
			quoted += "\\n";
		else if (s.p[i] == '\\')
			quoted += "\\\\";
		else
			quoted += s.p[i];
	}
	return quoted + "\"";
}

class writer
{
	const ergen_host *host;
	ergen_call *call;
	std::string out;

	void
	line(const std::string &name, const std::string &value)
	{
		out += name + " " + value + "\n";
	}

    public:
	writer(const ergen_host *h, ergen_call *c) : host(h), call(c)
	{
	}

	const std::string &
	all() const
	{
		return out;
	}

	void
	node(const ergen_node *n, int depth)
	{
		const std::string name = "node " + std::to_string(depth) + " ";

		for (uint32_t i = 1; i <= ERGEN_NODE_QUIZ + 1; i++)
			line(name + "text " + std::to_string(i),
			    text(host->node_text(call, n, i)));
		for (uint32_t i = 1; i <= ERGEN_NODE_DISPLAY + 1; i++)
			line(name + "number " + std::to_string(i),
			    std::to_string(host->node_number(n, i)));
		const ergen_asset *a = host->node_asset(n);
		line(name + "asset",
		    a ? text(host->asset_text(call, a, ERGEN_ASSET_PATH))
		      : "-");
		for (const ergen_node *c = host->node_child(n); c;
		     c = host->node_next(c))
			node(c, depth + 1);
	}

	void
	question(const ergen_question *q)
	{
		for (uint32_t i = 1; i <= ERGEN_QUESTION_JSON + 1; i++)
			line("question text " + std::to_string(i),
			    text(host->question_text(call, q, i)));
		for (uint32_t i = 1; i <= ERGEN_QUESTION_DIFFICULTY + 1; i++)
			line("question number " + std::to_string(i),
			    std::to_string(host->question_number(q, i)));
		for (uint32_t i = 1; i <= ERGEN_QUESTION_JSON + 1; i++) {
			const ergen_node *tree = host->question_tree(q, i);
			if (tree)
				node(tree, 0);
		}
		for (size_t i = 0; i <= host->n_options(q); i++) {
			for (uint32_t k = 1; k <= ERGEN_OPTION_FEEDBACK_HTML + 1;
			     k++)
				line("option text " + std::to_string(k),
				    text(host->option_text(call, q, i, k)));
			line("option correct",
			    std::to_string(host->option_is_correct(q, i)));
		}
	}

	void
	quiz(const ergen_quiz *q)
	{
		for (uint32_t i = 1; i <= ERGEN_QUIZ_TITLE + 1; i++)
			line("quiz text " + std::to_string(i),
			    text(host->quiz_text(call, q, i)));
		for (uint32_t i = 1; i <= ERGEN_QUIZ_MOCK + 1; i++)
			line("quiz number " + std::to_string(i),
			    std::to_string(host->quiz_number(q, i)));
		for (size_t i = 0; i < host->n_questions(q); i++)
			question(host->question(q, i));
		line("question beyond",
		    host->question(q, host->n_questions(q)) ? "?" : "-");
	}

	void
	page(const ergen_page *p)
	{
		for (uint32_t i = 1; i <= ERGEN_PAGE_JSON + 1; i++)
			line("page text " + std::to_string(i),
			    text(host->page_text(call, p, i)));
		node(host->page_body(p), 0);
		for (size_t i = 0; i < host->n_footnotes(p); i++)
			node(host->footnote(p, i), 0);
		line("footnote beyond",
		    host->footnote(p, host->n_footnotes(p)) ? "?" : "-");
		for (size_t i = 0; i < host->n_quizzes(p); i++)
			quiz(host->quiz(p, i));
		line("quiz beyond",
		    host->quiz(p, host->n_quizzes(p)) ? "?" : "-");
	}

	void
	book(const ergen_book *b)
	{
		for (uint32_t i = 1; i <= ERGEN_SITE_REPO_URL + 1; i++)
			line("site text " + std::to_string(i),
			    text(host->site_text(call, i)));
		for (uint32_t i = 1; i <= ERGEN_BOOK_QUESTIONS + 1; i++)
			line("book number " + std::to_string(i),
			    std::to_string(host->book_number(b, i)));
		line("book json", text(host->book_json(call, b)));
		for (size_t i = 0; i < host->n_assets(b); i++)
			asset(b, host->asset(b, i));
		line("asset beyond",
		    host->asset(b, host->n_assets(b)) ? "?" : "-");
		line("asset nowhere", host->find_asset(b, "nowhere") ? "?" : "-");
		line("page beyond",
		    host->page(b, host->n_pages(b)) ? "?" : "-");
		line("pages", std::to_string(host->n_pages(b)));
	}

	void
	asset(const ergen_book *b, const ergen_asset *a)
	{
		const std::string path(
		    host->asset_text(call, a, ERGEN_ASSET_PATH).p);

		for (uint32_t i = 1; i <= ERGEN_ASSET_MEDIA_TYPE + 1; i++)
			line("asset text " + std::to_string(i),
			    text(host->asset_text(call, a, i)));
		for (uint32_t i = 1; i <= ERGEN_ASSET_HEIGHT + 1; i++)
			line("asset number " + std::to_string(i),
			    std::to_string(host->asset_number(a, i)));
		line("asset found",
		    host->find_asset(b, path.c_str()) == a ? "1" : "0");
	}
};

extern "C" bool
dump_open(const ergen_host *, ergen_call *, const ergen_book *,
    void *state) noexcept
{
	*static_cast<dump **>(state) = new (std::nothrow) dump;
	return *static_cast<dump **>(state) != nullptr;
}

extern "C" bool
dump_render(const ergen_host *host, ergen_call *call, const ergen_page *page,
    const void *, ergen_sink *piece) noexcept
{
	writer w(host, call);

	w.page(page);
	host->put(piece, w.all().data(), w.all().size());
	return true;
}

extern "C" bool
dump_emit(const ergen_host *, ergen_call *, const ergen_page *, void *state,
    ergen_str piece) noexcept
{
	(*static_cast<dump **>(state))->pages.emplace_back(piece.p, piece.len);
	return true;
}

extern "C" bool
dump_finish(const ergen_host *host, ergen_call *call, const ergen_book *book,
    void *state) noexcept
{
	writer w(host, call);
	std::string all;

	w.book(book);
	all = w.all();
	for (const std::string &page : (*static_cast<dump **>(state))->pages)
		all += page;
	return host->file(call, "dump.txt", all.data(), all.size());
}

extern "C" void
dump_close(const ergen_host *, ergen_call *, void *state) noexcept
{
	delete *static_cast<dump **>(state);
}

ergen_writer
describe()
{
	ergen_writer w = ergen_writer();

	w.abi = ERGEN_WRITER_ABI;
	w.size = sizeof(w);
	w.summary = "all that can be known";
	w.order = ERGEN_READING;
	w.state_size = sizeof(dump *);
	w.open = dump_open;
	w.render = dump_render;
	w.emit = dump_emit;
	w.finish = dump_finish;
	w.close = dump_close;
	return w;
}

} // namespace

extern "C" const ergen_writer *
ergen_writer_v1(void)
{
	static const ergen_writer it = describe();

	return &it;
}
