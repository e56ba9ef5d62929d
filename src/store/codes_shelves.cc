#include "store/codes_shelves.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/codes.h"
#include "sql.h"
#include "util/text.h"

namespace ostiary {
namespace {

enum Whose : std::uint8_t { kEverybodys, kCreators };
constexpr std::size_t kChangesTakenAtOnce = 20'000;
constexpr std::size_t kMarksForEachCode = 20;  // on average, that is
constexpr std::size_t kLabelBytes = 48;  // of a label make its place; the same ones stand by age

// What an order by label compares.
std::string LabelKey(std::string_view label) {
    std::string key = Fold(label);
    if (key.size() <= kLabelBytes) return key;
    std::size_t end = kLabelBytes;
    while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0) == 0x80)
        --end;  // whole letters
    key.resize(end);
    return key;
}

// A code as it is, and where it stands.
struct Shelving {
    CodeSummary code;
    std::string label, creator_id, creator;
    Millis last_used_at = 0;
    bool is_deleted = false;
    std::int64_t shelf = 0, creators_shelf = 0;  // 0: on none
    Millis shelved_expiry = 0, shelved_due = 0;
    std::string shelved_label;
    std::int64_t shelved_uses = 0;

    bool IsUsed() const { return code.used_count > 0; }
    bool WasUsed() const { return shelved_uses > 0; }
};

// What becomes different on a shelf: codes more, and of those that somebody has used.
struct ShelfChange {
    std::int64_t codes = 0, used = 0;
};

Shelving ReadShelving(const Row& row) {
    Columns columns(row);
    Shelving one;
    one.code.id = columns.Int();
    one.code.role = columns.String();
    one.code.task_group = columns.String();
    one.code.max_uses = columns.MaybeInt();
    one.code.used_count = columns.Int();
    one.code.starts_at = columns.MaybeInt();
    one.code.expires_at = columns.MaybeInt();
    one.code.deactivated_at = columns.MaybeInt();
    one.code.approval = static_cast<Approval>(columns.Int());
    one.label = LabelKey(columns.Text());
    one.creator_id = columns.String();
    one.creator = columns.String();
    one.last_used_at = columns.MaybeInt().value_or(kNeverUsed);
    one.is_deleted = columns.MaybeInt().has_value();
    one.shelf = columns.Int();
    one.creators_shelf = columns.Int();
    one.shelved_expiry = columns.Int();
    one.shelved_label = columns.String();
    one.shelved_due = columns.Int();
    one.shelved_uses = columns.Int();
    return one;
}

// Rows for ShelveCode and CountShelvedUses, column by column: PostgreSQL takes them whole.
struct Places {
    std::vector<std::int64_t> codes, whose, shelves, expiries, uses, last_uses, dues;
    std::vector<std::string_view> labels;
};

class Shelver {
public:
    Shelver(Desk& desk, Millis as_of) : desk_(desk), as_of_(as_of) {}

    void Run(const std::vector<CodeId>& ids) {
        if (desk_.IsPostgres()) desk_.Run(sql::kLockShelvedCodes, {ids});
        std::vector<Shelving> found;
        found.reserve(ids.size());
        desk_.Run(sql::kFindShelvings, {ids},
                  [&](const Row& row) { found.push_back(ReadShelving(row)); });
        for (const Shelving& one : found) one.is_deleted ? Unshelve(one) : Shelve(one);
        Write();
    }

private:
    void Unshelve(const Shelving& one) {
        if (one.shelf == 0) return;
        gone_.push_back(one.code.id);
        Take(one, one.shelf);
        Take(one, one.creators_shelf);
    }

    void Shelve(const Shelving& one) {
        const auto status = static_cast<std::int64_t>(StatusAt(one.code, as_of_));
        const std::int64_t shelf = ShelfOf(kEverybodys, one, status),
                           creators_shelf = ShelfOf(kCreators, one, status);
        const Millis expiry = one.code.expires_at.value_or(kNeverExpires),
                     due = NextChangeOf(one.code, as_of_).value_or(0);
        if (shelf == one.shelf && creators_shelf == one.creators_shelf && due == one.shelved_due &&
            expiry == one.shelved_expiry && one.label == one.shelved_label) {
            counted_.codes.push_back(one.code.id);
            counted_.uses.push_back(one.code.used_count);
            counted_.last_uses.push_back(one.last_used_at);
            if (one.IsUsed() != one.WasUsed())
                ++changes_[shelf].used, ++changes_[creators_shelf].used;
            return;
        }
        for (const Whose whose : {kEverybodys, kCreators}) {
            placed_.codes.push_back(one.code.id);
            placed_.whose.push_back(whose);
            placed_.shelves.push_back(whose == kEverybodys ? shelf : creators_shelf);
            placed_.expiries.push_back(expiry);
            placed_.uses.push_back(one.code.used_count);
            placed_.last_uses.push_back(one.last_used_at);
            placed_.labels.push_back(one.label);
            placed_.dues.push_back(whose == kEverybodys ? due : 0);
        }
        Move(one, one.shelf, shelf);
        Move(one, one.creators_shelf, creators_shelf);
    }

    void Take(const Shelving& one, std::int64_t from) {
        ShelfChange& change = changes_[from];
        --change.codes;
        change.used -= one.WasUsed();
    }

    void Move(const Shelving& one, std::int64_t from, std::int64_t to) {
        if (from != 0) Take(one, from);
        ShelfChange& change = changes_[to];
        ++change.codes;
        change.used += one.IsUsed();
    }

    std::int64_t ShelfOf(Whose whose, const Shelving& one, std::int64_t status) {
        const bool creators = whose == kCreators;
        const std::string_view creator = creators ? one.creator : std::string_view(),
                               creator_id = creators ? one.creator_id : std::string_view();
        auto [known, fresh] =
            shelves_.try_emplace({whose, std::string(creator), std::string(creator_id),
                                  one.code.role, one.code.task_group, status},
                                 0);
        const auto find = [&] {
            desk_.Run(sql::kFindShelf,
                      {static_cast<int>(whose), creator, creator_id, one.code.role,
                       one.code.task_group, status},
                      [&](const Row& row) { known->second = row.Int(0); });
        };
        if (fresh) find();
        if (known->second == 0) {
            desk_.Run(sql::kAddShelf, {static_cast<int>(whose), creator, creator_id, one.code.role,
                                       one.code.task_group, status});
            find();
        }
        return known->second;
    }

    void Write() {
        const Places& p = placed_;
        const Places& c = counted_;
        if (desk_.IsPostgres()) {
            if (!p.codes.empty())
                desk_.Run(sql::kShelveCode, {p.codes, p.whose, p.shelves, p.expiries, p.uses,
                                             p.last_uses, p.labels, p.dues});
            if (!c.codes.empty()) desk_.Run(sql::kCountShelvedUses, {c.codes, c.uses, c.last_uses});
        } else {
            for (std::size_t i = 0; i < p.codes.size(); ++i)
                desk_.Run(sql::kShelveCode, {p.codes[i], p.whose[i], p.shelves[i], p.expiries[i],
                                             p.uses[i], p.last_uses[i], p.labels[i], p.dues[i]});
            for (std::size_t i = 0; i < c.codes.size(); ++i)
                desk_.Run(sql::kCountShelvedUses, {c.codes[i], c.uses[i], c.last_uses[i]});
        }
        if (!gone_.empty()) desk_.Run(sql::kUnshelveCodes, {gone_});
        for (const auto& [shelf, change] : changes_)
            if (change.codes != 0 || change.used != 0)
                desk_.Run(sql::kAddShelfChange, {shelf, change.codes, change.used});
    }

    Desk& desk_;
    const Millis as_of_;
    std::map<std::tuple<int, std::string, std::string, std::string, std::string, std::int64_t>,
             std::int64_t>
        shelves_;
    Places placed_, counted_;
    std::vector<std::int64_t> gone_;
    std::map<std::int64_t, ShelfChange> changes_;
};

// The changes of a while become part of what their shelves hold.
void FoldChanges(Desk& desk) {
    std::map<std::int64_t, ShelfChange> changes;
    desk.Run(sql::kTakeShelfChanges, {kChangesTakenAtOnce}, [&](const Row& row) {
        ShelfChange& change = changes[row.Int(0)];
        change.codes += row.Int(1);
        change.used += row.Int(2);
    });
    for (const auto& [shelf, change] : changes)
        if (change.codes != 0 || change.used != 0)
            desk.Run(sql::kChangeShelf, {shelf, change.codes, change.used});
}

bool MaySettle(Desk& desk) {
    if (!desk.IsPostgres()) return true;
    bool may = false;
    desk.Run(sql::kLockSettling, {}, [&](const Row& row) { may = row.Int(0) == 1; });
    return may;
}

}  // namespace

void ShelveCodes(Desk& desk, const std::vector<CodeId>& rising, Millis as_of) {
    Shelver(desk, as_of).Run(rising);
}

bool IsAnyUnsettled(Desk& desk, Millis now) {
    bool any = false;
    desk.Run(sql::kIsAnyUnsettled, {now}, [&](const Row& row) { any = row.Int(0) == 1; });
    return any;
}

std::optional<std::size_t> SettleCodes(Desk& desk, Millis now, std::size_t most) {
    if (!MaySettle(desk)) return std::nullopt;
    // A popular code has left a mark with each commit; they are done with together.
    const std::size_t most_marks = most * kMarksForEachCode;
    std::vector<std::int64_t> marks;
    std::set<CodeId> codes;
    bool is_full = false;
    desk.Run(sql::kFindUnsettled, {most_marks}, [&](const Row& row) {
        is_full = is_full || (codes.size() == most && !codes.contains(row.Int(1)));
        if (is_full) return;
        marks.push_back(row.Int(0));
        codes.insert(row.Int(1));
    });
    is_full = is_full || marks.size() == most_marks;
    if (const std::size_t room = most - codes.size(); room > 0) {
        const auto due = desk.Run(sql::kFindDueCodes, {now, room},
                                  [&](const Row& row) { codes.insert(row.Int(0)); });
        is_full = is_full || static_cast<std::size_t>(due) == room;
    }
    if (!codes.empty()) ShelveCodes(desk, {codes.begin(), codes.end()}, now);
    if (!marks.empty()) desk.Run(sql::kRemoveUnsettled, {marks});
    FoldChanges(desk);
    return is_full ? most : codes.size();
}

bool IsAskedFor(CodeStatus status, std::string_view asked) {
    return asked.empty() || NameOf(status) == asked || (asked == "usable" && IsUsable(status));
}

std::vector<Shelf> ShelvesFor(Desk& desk, const CodeQuery& query) {
    std::vector<Shelf> shelves;
    const auto add = [&](const Statement& statement, std::initializer_list<Value> values,
                         auto is_within) {
        desk.Run(statement, values, [&](const Row& row) {
            Columns columns(row);
            Shelf shelf;
            shelf.id = columns.Int();
            shelf.status = static_cast<CodeStatus>(columns.Int());
            shelf.role = columns.String();
            shelf.task_group = columns.String();
            shelf.creator_id = columns.String();
            shelf.codes = columns.Int();
            shelf.is_everybodys = columns.Int() == kEverybodys;
            shelf.used = columns.Int();
            if (shelf.codes > 0 && IsAskedFor(shelf.status, query.status) && is_within(shelf))
                shelves.push_back(std::move(shelf));
        });
    };
    const CodeScope& scope = query.scope;
    const auto is_of_team = [&](const Shelf& s) {
        return scope.all || s.task_group == scope.task_group;
    };
    if (!query.created_by.empty()) {
        add(sql::kShelvesOfCreator, {query.role, query.task_group, query.created_by},
            [&](const Shelf& s) {
                return is_of_team(s) || (!s.creator_id.empty() && s.creator_id == scope.creator_id);
            });
        return shelves;
    }
    add(sql::kEverybodysShelves, {query.role, query.task_group}, is_of_team);
    if (!scope.all && !scope.creator_id.empty())
        add(sql::kShelvesOfCreatorId, {query.role, query.task_group, scope.creator_id},
            [&](const Shelf& s) { return !is_of_team(s); });
    return shelves;
}

}  // namespace ostiary
