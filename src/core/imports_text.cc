#include "core/imports_text.h"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <unordered_map>

#include "core/accounts.h"
#include "util/csv.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

// Where several are as frequent, the first: headings hold commas more often than semicolons.
constexpr std::string_view kSeparators = "\t;|,";
constexpr char kUsualSeparator = ',';
constexpr std::size_t kLongestHeadings = 64 << 10, kMostColumns = 200, kDeepest = 6;
constexpr std::size_t kLongestText = 256 << 10;  // of one value of JSON

Error Wrong(std::string reason, Sentence sentence) {
    return InvalidFields({{"file", std::move(reason), std::move(sentence)}});
}

// Makes rows of the events of a parser that keeps nothing.
class Objects {
public:
    static constexpr std::size_t max_object_size = kMostColumns;
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = 200;
    static constexpr std::size_t max_string_size = kLongestText;

    std::vector<std::string> columns;
    ImportReader::Take take;
    bool is_enough = false, is_no_list = false;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_array_begin(json::error_code& code) { return ++depth_ == 1 || NeedsObject(code); }
    bool on_array_end(std::size_t, json::error_code&) {
        --depth_;
        return true;
    }
    bool on_object_begin(json::error_code& code) {
        ++depth_;
        if (depth_ == 1) return No(code);
        if (depth_ == 2) {
            row_ = {row_.number + 1, std::vector<std::string>(columns.size())};
            cell_ = kNowhere;
        }
        aircraft_.clear();
        role_.clear();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code& code) {
        if (depth_ > 2 && !(aircraft_.empty() && role_.empty())) Put(aircraft_ + ":" + role_);
        --depth_;
        if (depth_ != 1) return true;
        if (!take(std::move(row_))) is_enough = true;
        if (is_enough) code = json::error::syntax;
        return !is_enough;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& code) {
        std::string name = Whole(part);
        if (depth_ > 2) {
            inner_ = std::move(name);
            return true;
        }
        const auto [known, is_new] = places_.try_emplace(name, columns.size());
        if (is_new && columns.size() == kMostColumns) return No(code);
        if (is_new) columns.push_back(std::move(name)), row_.cells.emplace_back();
        cell_ = known->second;
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code& code) {
        return Value(Whole(part), code);
    }
    bool on_number_part(json::string_view part, json::error_code&) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t, json::string_view part, json::error_code& code) {
        return Value(Whole(part), code);
    }
    bool on_uint64(std::uint64_t, json::string_view part, json::error_code& code) {
        return Value(Whole(part), code);
    }
    bool on_double(double, json::string_view part, json::error_code& code) {
        return Value(Whole(part), code);
    }
    bool on_bool(bool flag, json::error_code& code) { return Value(flag ? "true" : "false", code); }
    bool on_null(json::error_code& code) { return Value("", code); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    static constexpr std::size_t kNowhere = SIZE_MAX;

    bool No(json::error_code& code) {
        is_no_list = true;
        code = json::error::syntax;
        return false;
    }
    // Within the list stand objects alone.
    bool NeedsObject(json::error_code& code) { return depth_ != 2 || No(code); }

    std::string Whole(json::string_view part) {
        text_.append(part.data(), part.size());
        return std::exchange(text_, {});
    }

    bool Value(std::string text, json::error_code& code) {
        if (depth_ < 2) return No(code);
        if (depth_ == 2 || inner_.empty()) {
            Put(text);
        } else {
            if (inner_ == "aircraft" || inner_ == "registration") aircraft_ = std::move(text);
            if (inner_ == "role") role_ = std::move(text);
            inner_.clear();
        }
        return true;
    }

    // Several are a list.
    void Put(const std::string& text) {
        if (cell_ == kNowhere || text.empty()) return;
        std::string& cell = row_.cells[cell_];
        cell += (cell.empty() ? "" : ", ") + text;
    }

    std::size_t depth_ = 0, cell_ = kNowhere;
    ImportLine row_;
    std::unordered_map<std::string, std::size_t> places_;
    std::string text_, inner_, aircraft_, role_;
};

char SeparatorOf(std::string_view headings) {
    std::size_t counts[kSeparators.size()] = {};
    bool in_quotes = false;
    for (const char c : headings) {
        if (c == '"') in_quotes = !in_quotes;
        const auto at = kSeparators.find(c);
        if (!in_quotes && at != kSeparators.npos) ++counts[at];
    }
    const std::size_t* const most = std::ranges::max_element(counts);
    return *most == 0 ? kUsualSeparator : kSeparators[static_cast<std::size_t>(most - counts)];
}

}  // namespace

struct ImportReader::State {
    Take take;
    std::string begun;  // until it is known what it is
    std::unique_ptr<CsvReader> csv;
    std::unique_ptr<json::basic_parser<Objects>> objects;
    json::error_code trouble;
    std::vector<std::string> headings;
    std::int64_t lines = 0;        // of JSON, read
    std::int64_t skipped = 0;      // lines before the headings
    std::size_t rest = 0;          // of JSON, bytes behind its end
    std::int64_t too_wide_at = 0;  // a line with more cells than there are headings
    bool is_enough = false, is_other_encoding = false;

    bool GoesOn() const {
        return !is_enough && !is_other_encoding && !trouble && rest == 0 && too_wide_at == 0;
    }

    bool TakeCells(std::int64_t line, std::vector<std::string> cells) {
        for (std::string& cell : cells) cell = Trim(Unguarded(cell));
        if (headings.empty()) {
            while (!cells.empty() && cells.back().empty()) cells.pop_back();
            headings = std::move(cells);
            is_other_encoding = std::ranges::any_of(headings, [](const std::string& heading) {
                return !IsCleanText(heading, Lines::kMany);
            });
            return !is_other_encoding && headings.size() <= kMostColumns;
        }
        while (cells.size() > headings.size() && cells.back().empty()) cells.pop_back();
        if (cells.size() > headings.size()) too_wide_at = line + skipped;
        if (too_wide_at != 0) return false;
        if (!take({line + skipped, std::move(cells)})) is_enough = true;
        return !is_enough;
    }

    // Enough has come to tell, or no more will.
    void Begin() {
        std::string_view text = begun;
        is_other_encoding = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
        if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first == text.npos || is_other_encoding) return;
        if (text[first] == '[' || text[first] == '{') {
            json::parse_options options;
            options.max_depth = kDeepest;
            objects = std::make_unique<json::basic_parser<Objects>>(options);
            objects->handler().take = take;
            return Feed(text);
        }
        char separator = 0;
        const std::size_t end = text.find('\n');
        if (text.starts_with("sep=") && end != text.npos) {  // as Excel says it
            separator = text[4];
            text.remove_prefix(end + 1);
        }
        text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
        skipped = std::count(begun.begin(), begun.end() - static_cast<long>(text.size()), '\n');
        if (separator == 0) separator = SeparatorOf(text.substr(0, text.find('\n')));
        csv = std::make_unique<CsvReader>(
            separator, [this](std::int64_t line, std::vector<std::string> cells) {
                return TakeCells(line, std::move(cells));
            });
        Feed(text);
    }

    void Feed(std::string_view piece) {
        if (csv) {
            csv->Read(piece);
            return;
        }
        if (!objects) return;
        const std::size_t read = objects->write_some(true, piece.data(), piece.size(), trouble);
        lines += std::ranges::count(piece.substr(0, read), '\n');
        is_enough = objects->handler().is_enough;
        if (!trouble && piece.substr(read).find_first_not_of(" \t\r\n") != piece.npos)
            rest = piece.size() - read;
    }

    Result<void> EndOfJson() {
        if (GoesOn() && !objects->done()) objects->write_some(false, "", 0, trouble);
        if (is_enough) return {};
        if (objects->handler().is_no_list)
            return Wrong("file.malformed",
                         "The JSON must be a list of objects: [{\"label\": \"Spring\"}, …]");
        if (trouble || rest > 0)
            return Wrong("file.malformed", Say("Line {} is no JSON", lines + 1));
        return {};
    }

    Result<void> EndOfCsv() {
        csv->End();
        if (is_enough) return {};
        if (is_other_encoding) return OtherEncoding();
        if (csv->broken_at() != 0)
            return Wrong("file.malformed", Say("The quote that begins in line {} is never closed",
                                               csv->broken_at() + skipped));
        if (too_wide_at != 0)
            return Wrong("file.malformed",
                         Say("Line {} has more cells than there are headings", too_wide_at));
        if (headings.size() > kMostColumns)
            return Wrong("file.columns", Say("At most {} columns", kMostColumns));
        return {};
    }

    static Error OtherEncoding() {
        return Wrong("file.encoding", "The file must be UTF-8; save it as “CSV UTF-8”");
    }
};

ImportReader::ImportReader(Take take) : state_(std::make_unique<State>()) {
    state_->take = std::move(take);
}

ImportReader::~ImportReader() = default;

bool ImportReader::Read(std::string_view piece) {
    State& state = *state_;
    if (state.csv || state.objects) {
        state.Feed(piece);
        return state.GoesOn();
    }
    state.begun += piece;
    const auto first = state.begun.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    const bool is_enough =
        first != std::string::npos && (state.begun.find('\n', first) != std::string::npos ||
                                       state.begun[first] == '[' || state.begun[first] == '{');
    // With a line that says how it is separated, the headings are the next.
    const bool waits = is_enough && state.begun.compare(first, 4, "sep=") == 0 &&
                       std::ranges::count(state.begun, '\n') < 2;
    const bool is_long = state.begun.size() > kLongestHeadings;
    if ((is_enough && !waits) || is_long) state.Begin();
    state.is_enough = is_long && !state.csv && !state.objects;  // blanks without end
    return state.GoesOn();
}

Result<void> ImportReader::End() {
    State& state = *state_;
    if (!state.csv && !state.objects) state.Begin();
    if (state.is_other_encoding) return State::OtherEncoding();
    if (!state.csv && !state.objects) return Wrong("file.empty", "The file is empty");
    return state.csv ? state.EndOfCsv() : state.EndOfJson();
}

const std::vector<std::string>& ImportReader::columns() const {
    return state_->objects ? state_->objects->handler().columns : state_->headings;
}

}  // namespace ostiary
