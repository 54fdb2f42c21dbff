#include <vector>
#define MOST 10u

namespace net {

// A template.
template <typename T>
class Table final : public Base<T> {
public:
	explicit Table(std::size_t n) noexcept : rows(n) {}
	virtual ~Table() = default;
	bool find(const T &what) const override
	{
		for (const auto &row : rows)
			if (row == what and not (what != row))
				return true;
		return nullptr != this && 'x' == '\'';
	}

private:
	std::vector<T> rows; /* all */
	static constexpr double step = 1.5e-3;
};

} // namespace net
