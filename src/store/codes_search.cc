#include "store/codes_search.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <unordered_set>

#include "sql.h"
#include "store/codes_fragments.h"
#include "store/codes_rows.h"
#include "store/packed.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kGram = 3;  // letters in a row that the index knows
// A text that more than one code in twenty holds is found faster by looking at one after another.
constexpr std::size_t kOften = Finds::kMostWalked / 20;
constexpr CodeId kBeyondAll = std::numeric_limits<CodeId>::max();

// The words of FTS5: this text, just so.
std::string Phrase(std::string_view text) {
    std::string phrase = "\"";
    for (const char c : text) phrase += c == '"' ? std::string("\"\"") : std::string(1, c);
    return phrase + "\"";
}

// PostgreSQL's index knows letters and digits alone; without three in a row it would be read whole.
bool HasGram(std::string_view text, bool is_postgres) {
    if (!is_postgres) return CountCharacters(text) >= kGram;
    std::size_t run = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;  // of a letter that has begun
        run = byte >= 0x80 || std::isalnum(byte) ? run + 1 : 0;
        if (run >= kGram) return true;
    }
    return false;
}

}  // namespace

Finds::Finds(Desk& desk, const CodeQuery& query) : desk_(desk) {
    // The fewest first: that one is walked along.
    if (!query.batch.empty()) marks_.push_back(BatchMark(query.batch));
    if (!query.tag.empty()) marks_.push_back(query.tag);
    if (!query.template_name.empty()) marks_.push_back(TemplateMark(query.template_name));
    if (query.search.empty()) return;
    const std::string text = Fold(query.search), pattern = LikeAnywhere(text);
    text_ = desk.IsPostgres() ? pattern : Phrase(text);
    has_index_ = HasGram(text, desk.IsPostgres());
    if (!has_index_) known_ = Ids(sql::kWalkCodesDown, {pattern, kBeyondAll, kMostWalked});
    const auto by_letters =
        FindByFragment(desk, NormalizeCode(query.search), query.may_find_by_code);
    known_.insert(known_.end(), by_letters.begin(), by_letters.end());
    std::ranges::sort(known_);
}

Finds::Batch Finds::Next(bool rising, CodeId beyond, std::size_t most) const {
    Batch batch;
    if (has_index_)
        batch.ids = ByIndex(rising, beyond, most, batch.is_last);
    else
        batch.is_last = true;
    if (!batch.is_last) batch.end = batch.ids.back();
    const auto comes_before = [rising](CodeId a, CodeId b) { return rising ? a < b : a > b; };
    for (const CodeId id : known_)
        if (comes_before(beyond, id) && (batch.is_last || !comes_before(batch.end, id)))
            batch.ids.push_back(id);
    std::ranges::sort(batch.ids, comes_before);
    batch.ids.erase(std::unique(batch.ids.begin(), batch.ids.end()), batch.ids.end());
    batch.looked_at = batch.ids.size();
    const std::span<const std::string> marks(marks_);
    KeepMarked(text_.empty() ? marks.subspan(1) : marks, batch.ids);
    return batch;
}

std::vector<CodeId> Finds::ByIndex(bool rising, CodeId beyond, std::size_t most,
                                   bool& is_last) const {
    if (!text_.empty()) return ByText(rising, beyond, most, is_last);
    auto ids =
        Ids(rising ? sql::kTaggedCodesUp : sql::kTaggedCodesDown, {marks_.front(), beyond, most});
    is_last = ids.size() < most;
    return ids;
}

std::vector<CodeId> Finds::ByText(bool rising, CodeId beyond, std::size_t most,
                                  bool& is_last) const {
    if (desk_.IsPostgres()) {
        auto ids =
            Ids(rising ? sql::kWalkCodesUp : sql::kWalkCodesDown, {text_, beyond, kMostWalked});
        if (ids.size() >= std::min(most, kOften)) {
            if (ids.size() > most) ids.resize(most);
            return ids;
        }
    }
    auto ids = Ids(rising ? sql::kSearchCodesUp : sql::kSearchCodesDown, {text_, beyond, most});
    is_last = ids.size() < most;
    return ids;
}

void Finds::KeepMarked(std::span<const std::string> marks, std::vector<CodeId>& ids) const {
    for (const std::string& mark : marks) {
        std::unordered_set<CodeId> marked;
        desk_.Run(sql::kTaggedAmong, {mark, ids},
                  [&](const Row& row) { marked.insert(row.Int(0)); });
        std::erase_if(ids, [&](CodeId id) { return !marked.contains(id); });
    }
}

std::vector<CodeId> Finds::Ids(const Statement& statement,
                               std::initializer_list<Value> values) const {
    std::vector<CodeId> ids;
    desk_.Run(statement, values, [&](const Row& row) { ids.push_back(row.Int(0)); });
    return ids;
}

}  // namespace ostiary
