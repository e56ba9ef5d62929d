#include <algorithm>
#include <unordered_set>

#include "core/invite_list.h"
#include "util/csv.h"
#include "util/mailbox.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::string_view kSeparators = ",;\t";

// The cells of a line: between separators that stand neither in quotes nor in angle brackets.
std::vector<std::string_view> CellsOf(std::string_view line) {
    std::vector<std::string_view> cells;
    bool in_quotes = false, in_brackets = false;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= line.size(); ++at) {
        const char c = at < line.size() ? line[at] : ',';
        if (c == '"') in_quotes = !in_quotes;
        if (c == '<') in_brackets = true;
        if (c == '>') in_brackets = false;
        const bool ends = at == line.size() ||
                          (!in_quotes && !in_brackets && kSeparators.find(c) != kSeparators.npos);
        if (!ends) continue;
        if (const auto cell = Trim(line.substr(from, at - from)); !cell.empty())
            cells.push_back(cell);
        from = at + 1;
    }
    return cells;
}

std::string WithoutQuotes(std::string_view cell) {
    if (cell.size() >= 2 && cell.starts_with('"') && cell.ends_with('"'))
        cell = cell.substr(1, cell.size() - 2);
    return std::string(Trim(cell));
}

// Spreadsheets quote the cells they export.
std::optional<Invitee> InviteeOf(std::string_view cell) {
    for (const std::string& text : {std::string(cell), WithoutQuotes(cell)})
        if (const auto mailbox = ParseMailbox(text))
            return Invitee{mailbox->address.text(), mailbox->name};
    return {};
}

bool IsHeading(std::string_view cell) {
    constexpr std::string_view kHeadings[] = {"email", "e-mail",         "mail",   "address",
                                              "name",  "e-mail-adresse", "adresse"};
    return std::ranges::find(kHeadings, Fold(WithoutQuotes(cell))) != std::end(kHeadings);
}

bool LooksLikeAName(std::string_view cell) {
    return cell.find('@') == cell.npos && IsCleanText(cell, Lines::kOne);
}

class LineReader {
public:
    explicit LineReader(InviteeList& list) : list_(list) {}

    // A line that begins with a name has names before addresses, any other has them after.
    void Read(std::string_view line, std::int64_t number) {
        const auto cells = CellsOf(line);
        if (cells.empty() || (number == 1 && std::ranges::all_of(cells, IsHeading))) return;
        std::vector<std::optional<Invitee>> people;
        for (const std::string_view cell : cells) people.push_back(InviteeOf(cell));
        const bool names_come_first = !people.front();
        std::vector<bool> is_name(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!people[i]) continue;
            const std::size_t beside = names_come_first ? i - 1 : i + 1;  // of none: beyond the end
            if (people[i]->name.empty() && beside < cells.size() && !people[beside] &&
                LooksLikeAName(cells[beside])) {
                people[i]->name = WithoutQuotes(cells[beside]);
                is_name[beside] = true;
            }
            Add(*std::move(people[i]));
            people[i] = Invitee{};
        }
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!people[i] && !is_name[i]) list_.odd.push_back({number, std::string(cells[i])});
    }

private:
    void Add(Invitee person) {
        if (known_.insert(Fold(person.email)).second)
            list_.people.push_back(std::move(person));
        else
            ++list_.repetitions;
    }

    InviteeList& list_;
    std::unordered_set<std::string> known_;
};

}  // namespace

InviteeList ReadInvitees(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    InviteeList list;
    LineReader reader(list);
    for (std::int64_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        reader.Read(Trim(text.substr(0, end)), number);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
}

}  // namespace ostiary
