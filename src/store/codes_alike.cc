#include "store/codes_alike.h"

#include <unordered_map>

#include "sql.h"
#include "store/codes_editable.h"
#include "store/codes_many.h"
#include "store/codes_rows.h"

namespace ostiary {
namespace {

class Alike {
public:
    Alike(Desk& desk, const Code& code, std::span<const Codes::Letters> letters)
        : desk_(desk), code_(code), letters_(letters) {}

    std::vector<std::optional<CodeId>> Add() {
        for (const Codes::Letters& one : letters_) {
            Code secrets;
            secrets.code = secrets.shown = one.code;
            secrets.token = one.token;
            code_hashes_.push_back(desk_.vault.Hash(Purpose::kCode, one.code));
            token_hashes_.push_back(desk_.vault.Hash(Purpose::kLink, one.token));
            seals_.push_back(SealSecrets(desk_, secrets));
        }
        const auto ids = desk_.IsPostgres() ? AddTogether() : AddEach();
        AddBelongings(ids);
        return ids;
    }

private:
    std::vector<std::optional<CodeId>> AddTogether() {
        const std::vector<std::string_view> codes(code_hashes_.begin(), code_hashes_.end()),
            tokens(token_hashes_.begin(), token_hashes_.end()), seals(seals_.begin(), seals_.end());
        std::unordered_map<std::string, CodeId> id_of;
        Run(sql::kAddCodesAlike, codes, tokens, seals,
            [&](const Row& row) { id_of.emplace(row.Text(1), row.Int(0)); });
        return IdsInOrder(std::move(id_of), code_hashes_);
    }

    std::vector<std::optional<CodeId>> AddEach() {
        std::vector<std::optional<CodeId>> ids(letters_.size());
        for (std::size_t i = 0; i < letters_.size(); ++i)
            Run(sql::kAddCode, code_hashes_[i], token_hashes_[i], seals_[i],
                [&](const Row& row) { ids[i] = row.Int(0); });
        return ids;
    }

    void Run(const Statement& statement, const Value& codes, const Value& tokens,
             const Value& seals, EachRow each) {
        desk_.Run(statement,
                  Editable(code_).Between({codes, tokens, seals},
                                          {OrNull(code_.created_by_id), code_.created_by,
                                           code_.created_at, code_.updated_at, code_.used_count,
                                           code_.last_used_at, OrNull(code_.batch)}),
                  each);
    }

    // What stands beside a code: aircraft, tags, fragments.
    void AddBelongings(const std::vector<std::optional<CodeId>>& ids) {
        std::vector<CodeId> added;
        std::vector<std::string_view> texts;
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (ids[i]) added.push_back(*ids[i]), texts.push_back(letters_[i].code);
        if (added.empty()) return;
        for (const AircraftGrant& grant : code_.aircraft_roles)
            desk_.Run(sql::kAddCodeAircraftToAll, {added, grant.aircraft_id, grant.role});
        const auto marks = MarksOf(code_);
        const std::vector<std::string_view> borrowed(marks.begin(), marks.end());
        if (!marks.empty()) desk_.Run(sql::kAddTagsToAll, {borrowed, added});
        MakeFindable(desk_, std::move(added), texts, code_.updated_at);
    }

    Desk& desk_;
    const Code& code_;
    const std::span<const Codes::Letters> letters_;
    std::vector<std::string> code_hashes_, token_hashes_, seals_;
};

}  // namespace

std::vector<std::optional<CodeId>> AddCodesAlike(Desk& desk, const Code& code,
                                                 std::span<const Codes::Letters> letters) {
    return Alike(desk, code, letters).Add();
}

}  // namespace ostiary
