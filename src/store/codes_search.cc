#include "store/codes_search.h"

#include <algorithm>
#include <cctype>
#include <limits>

#include "sql.h"
#include "store/codes_fragments.h"
#include "store/packed.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kGram = 3;  // letters in a row that the index knows
// A text that more than one code in twenty holds is found faster by looking at one after another.
constexpr std::size_t kOften = Finds::kMostWalked / 20;
constexpr CodeId kBeyondAll = std::numeric_limits<CodeId>::max();

// The words of FTS5: this text, just so, in that column.
std::string Phrase(std::string_view column, std::string_view text) {
    std::string phrase = std::string(column) + " : \"";
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

bool HasTag(const Code& code, const std::string& tag) {
    return tag.empty() || std::ranges::find(code.tags, tag) != code.tags.end();
}

}  // namespace

Finds::Finds(Desk& desk, const CodeQuery& query) : desk_(desk) {
    const std::string text = Fold(query.search), tag = "\n" + query.tag + "\n";
    pattern_ = LikeAnywhere(text);
    tag_pattern_ = query.tag.empty() ? "%" : LikeAnywhere(tag);
    if (!text.empty()) match_ = Phrase("search_key", text);
    if (!query.tag.empty()) match_ += (match_.empty() ? "" : " AND ") + Phrase("tags", tag);
    has_index_ = text.empty() || HasGram(text, desk.IsPostgres());
    if (!has_index_)
        known_ = Ids(sql::kWalkCodesDown, {pattern_, tag_pattern_, kBeyondAll, kMostWalked});
    if (!text.empty()) {
        const auto by_letters =
            FindByFragment(desk, NormalizeCode(query.search), [&](const Code& code) {
                return HasTag(code, query.tag) &&
                       (!query.may_find_by_code || query.may_find_by_code(code));
            });
        known_.insert(known_.end(), by_letters.begin(), by_letters.end());
    }
    std::ranges::sort(known_);
}

Finds::Batch Finds::Next(bool rising, CodeId beyond, std::size_t most) const {
    Batch batch;
    if (has_index_)
        batch.ids = ByText(rising, beyond, most, batch.is_last);
    else
        batch.is_last = true;
    const auto comes_before = [rising](CodeId a, CodeId b) { return rising ? a < b : a > b; };
    for (const CodeId id : known_)
        if (comes_before(beyond, id) && (batch.is_last || !comes_before(batch.ids.back(), id)))
            batch.ids.push_back(id);
    std::ranges::sort(batch.ids, comes_before);
    batch.ids.erase(std::unique(batch.ids.begin(), batch.ids.end()), batch.ids.end());
    return batch;
}

std::vector<CodeId> Finds::ByText(bool rising, CodeId beyond, std::size_t most,
                                  bool& is_last) const {
    const Statement& search = rising ? sql::kSearchCodesUp : sql::kSearchCodesDown;
    if (!desk_.IsPostgres()) {
        auto ids = Ids(search, {match_, beyond, most});
        is_last = ids.size() < most;
        return ids;
    }
    auto ids = Ids(rising ? sql::kWalkCodesUp : sql::kWalkCodesDown,
                   {pattern_, tag_pattern_, beyond, kMostWalked});
    if (ids.size() >= std::min(most, kOften)) {
        if (ids.size() > most) ids.resize(most);
        return ids;
    }
    ids = Ids(search, {pattern_, tag_pattern_, beyond, most});
    is_last = ids.size() < most;
    return ids;
}

std::vector<CodeId> Finds::Ids(const Statement& statement,
                               std::initializer_list<Value> values) const {
    std::vector<CodeId> ids;
    desk_.Run(statement, values, [&](const Row& row) { ids.push_back(row.Int(0)); });
    return ids;
}

}  // namespace ostiary
