#include "store/codes_many.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <unordered_map>

#include "sql.h"
#include "store/codes_editable.h"
#include "store/codes_fragments.h"
#include "store/codes_rows.h"
#include "store/codes_shelves.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::size_t kShelvedAtOnce = 500;

// The columns of AddCode, in its order.
constexpr std::array<std::string_view, 29> kColumns = {
    "code_hash",     "token_hash",     "sealed",        "label",       "email",
    "name",          "role",           "task_group",    "max_uses",    "starts_at",
    "expires_at",    "deactivated_at", "approval",      "approved_by", "approval_reason",
    "email_domains", "account_days",   "notes",         "welcome",     "tags",
    "template_name", "search_key",     "created_by_id", "created_by",  "created_at",
    "updated_at",    "used_count",     "last_used_at",  "batch"};

json::value JsonOf(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::kInt: return value.number();
        case Value::Kind::kText: return json::string(value.text());
        default: return nullptr;
    }
}

class Many {
public:
    Many(Desk& desk, std::span<const Code> codes) : desk_(desk), codes_(codes) {}

    std::vector<std::optional<CodeId>> Add() {
        const auto ids = desk_.IsPostgres() ? AddTogether() : AddEach();
        AddBelongings(ids);
        return ids;
    }

private:
    template <class Use>
    void WithValues(const Code& code, Use use) {
        const std::string code_hash = desk_.vault.Hash(Purpose::kCode, code.code);
        const std::string token_hash = desk_.vault.Hash(Purpose::kLink, code.token);
        const std::string sealed = SealSecrets(desk_, code);
        use(code_hash, Editable(code).Between({code_hash, token_hash, sealed},
                                              {OrNull(code.created_by_id), code.created_by,
                                               code.created_at, code.updated_at, code.used_count,
                                               code.last_used_at, OrNull(code.batch)}));
    }

    // As one document: an array for each column could not say that there is nothing.
    std::vector<std::optional<CodeId>> AddTogether() {
        json::array rows;
        std::vector<std::string> hashes;
        for (const Code& code : codes_)
            WithValues(code, [&](const std::string& hash, const std::vector<Value>& values) {
                json::object row;
                for (std::size_t i = 0; i < kColumns.size(); ++i)
                    row[kColumns[i]] = JsonOf(values[i]);
                rows.push_back(std::move(row));
                hashes.push_back(hash);
            });
        std::unordered_map<std::string, CodeId> id_of;
        desk_.Run(sql::kAddCodes, {json::serialize(rows)},
                  [&](const Row& row) { id_of.emplace(row.Text(1), row.Int(0)); });
        return IdsInOrder(std::move(id_of), hashes);
    }

    std::vector<std::optional<CodeId>> AddEach() {
        std::vector<std::optional<CodeId>> ids(codes_.size());
        for (std::size_t i = 0; i < codes_.size(); ++i)
            WithValues(codes_[i], [&](const std::string&, const std::vector<Value>& values) {
                desk_.Run(sql::kAddCode, values, [&](const Row& row) { ids[i] = row.Int(0); });
            });
        return ids;
    }

    // What stands beside a code: aircraft, tags, fragments; and its place in lists.
    void AddBelongings(const std::vector<std::optional<CodeId>>& ids) {
        std::vector<CodeId> added;
        std::vector<std::string_view> texts;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (!ids[i]) continue;
            added.push_back(*ids[i]);
            texts.push_back(codes_[i].code);
            Note(*ids[i], codes_[i]);
        }
        if (added.empty()) return;
        AddNoted();
        MakeFindable(desk_, std::move(added), texts, codes_.front().updated_at);
    }

    // On SQLite a statement costs no journey.
    void Note(CodeId id, const Code& code) {
        if (!desk_.IsPostgres()) {
            for (const AircraftGrant& grant : code.aircraft_roles)
                desk_.Run(sql::kAddCodeAircraft, {id, grant.aircraft_id, grant.role});
            const auto marks = MarksOf(code);
            if (marks.empty()) return;
            desk_.Run(sql::kAddCodeTags,
                      {id, std::vector<std::string_view>(marks.begin(), marks.end())});
            return;
        }
        for (const AircraftGrant& grant : code.aircraft_roles) {
            held_by_.push_back(id);
            aircraft_.push_back(grant.aircraft_id);
            roles_.push_back(grant.role);
        }
        for (std::string& mark : MarksOf(code)) {
            marked_.push_back(id);
            marks_.push_back(std::move(mark));
        }
    }

    void AddNoted() {
        const std::vector<std::string_view> marks(marks_.begin(), marks_.end());
        if (!aircraft_.empty()) desk_.Run(sql::kAddAircraftOfCodes, {held_by_, aircraft_, roles_});
        if (!marks.empty()) desk_.Run(sql::kAddTagsOfCodes, {marked_, marks});
    }

    Desk& desk_;
    const std::span<const Code> codes_;
    std::vector<CodeId> held_by_, marked_;
    std::vector<std::string_view> aircraft_, roles_;
    std::vector<std::string> marks_;
};

}  // namespace

std::vector<std::optional<CodeId>> IdsInOrder(std::unordered_map<std::string, CodeId> id_of,
                                              std::span<const std::string> code_hashes) {
    std::vector<std::optional<CodeId>> ids;
    for (const std::string& hash : code_hashes) {
        const auto found = id_of.find(hash);
        ids.push_back(found == id_of.end() ? std::nullopt : std::optional(found->second));
        if (found != id_of.end()) id_of.erase(found);
    }
    return ids;
}

void MakeFindable(Desk& desk, std::vector<CodeId> added, const std::vector<std::string_view>& texts,
                  Millis updated_at) {
    AddFragmentsOfAll(desk, added, texts);
    desk.touched.texts.insert(desk.touched.texts.end(), texts.begin(), texts.end());
    desk.touched.ids.insert(desk.touched.ids.end(), added.begin(), added.end());
    std::ranges::sort(added);
    if (added.size() <= kShelvedAtOnce) return ShelveCodes(desk, added, updated_at);
    desk.Run(sql::kAddUnsettled, {added});
}

std::vector<std::optional<CodeId>> AddManyCodes(Desk& desk, std::span<const Code> codes) {
    if (codes.empty()) return {};
    return Many(desk, codes).Add();
}

}  // namespace ostiary
