#include <algorithm>
#include <unordered_map>

#include "sql.h"
#include "store/codes_alike.h"
#include "store/codes_editable.h"
#include "store/codes_fragments.h"
#include "store/codes_list.h"
#include "store/codes_many.h"
#include "store/codes_near.h"
#include "store/codes_rows.h"
#include "store/codes_shelves.h"
#include "store/packed.h"
#include "store/ports.h"

namespace ostiary {
namespace {

class SqlCodes final : public Codes {
public:
    explicit SqlCodes(Desk& desk) : desk_(desk) {}

    Result<CodeId> Add(const Code& code) override {
        const std::string code_hash = desk_.vault.Hash(Purpose::kCode, code.code);
        const std::string token_hash = desk_.vault.Hash(Purpose::kLink, code.token);
        const std::string sealed = SealSecrets(desk_, code);
        std::optional<CodeId> id;
        desk_.Run(sql::kAddCode,
                  Editable(code).Between(
                      {code_hash, token_hash, sealed},
                      {OrNull(code.created_by_id), code.created_by, code.created_at,
                       code.updated_at, code.used_count, code.last_used_at, OrNull(code.batch)}),
                  [&](const Row& row) { id = row.Int(0); });
        if (!id)
            return Error{ErrorKind::kConflict, "code.taken", "Conflict",
                         "Another code reads the same"};
        AddAircraft(*id, code.aircraft_roles);
        AddMarks(*id, code);
        AddFragments(desk_, *id, code.code);
        Changed(*id, code.updated_at);
        desk_.touched.texts.push_back(code.code);
        return *id;
    }

    std::vector<std::optional<CodeId>> AddAlike(const Code& code,
                                                std::span<const Letters> letters) override {
        return AddCodesAlike(desk_, code, letters);
    }

    std::vector<std::optional<CodeId>> AddAll(std::span<const Code> codes) override {
        return AddManyCodes(desk_, codes);
    }

    std::vector<std::string> InUse(std::span<const std::string> normalized) override {
        std::unordered_map<std::string, std::string> text_of;
        std::vector<std::string_view> hashes;
        for (const std::string& text : normalized) {
            const auto added = text_of.emplace(desk_.vault.Hash(Purpose::kCode, text), text);
            if (added.second) hashes.push_back(added.first->first);
        }
        std::vector<std::string> used;
        desk_.Run(sql::kCodesInUse, {hashes},
                  [&](const Row& row) { used.push_back(text_of.at(std::string(row.Text(0)))); });
        std::ranges::sort(used);
        return used;
    }

    std::optional<Code> Find(CodeId id) override { return FindOne(sql::kFindCode, id); }

    std::optional<Code> FindByCode(std::string_view normalized) override {
        const std::string hash = desk_.vault.Hash(Purpose::kCode, normalized);
        return FindOne(sql::kFindCodeByCode, hash);
    }

    std::optional<Code> FindByToken(std::string_view token) override {
        const std::string hash = desk_.vault.Hash(Purpose::kLink, token);
        return FindOne(sql::kFindCodeByToken, hash);
    }

    // On SQLite the writer holds everything anyway.
    std::optional<Code> FindForUpdate(CodeId id) override {
        if (desk_.IsPostgres()) desk_.Run(sql::kLockCode, {id});
        return Find(id);
    }

    std::vector<Code> HoldByCodes(std::span<const std::string> normalized) override {
        std::unordered_map<std::string, std::string_view> text_of;
        for (const std::string& text : normalized)
            text_of.emplace(desk_.vault.Hash(Purpose::kCode, text), text);
        std::vector<Code> held;
        const auto read = [&](const Row& row) {
            Columns columns(row);
            std::string hash;
            Code code = ReadHeldCode(columns, hash);
            code.code = text_of.at(hash);
            held.push_back(std::move(code));
        };
        if (desk_.IsPostgres()) {
            std::vector<std::string_view> hashes;
            for (const auto& [hash, text] : text_of) hashes.push_back(hash);
            desk_.Run(sql::kLockCodesByCode, {hashes});
            desk_.Run(sql::kFindHeldCodes, {hashes}, read);
        } else {
            for (const auto& [hash, text] : text_of) desk_.Run(sql::kFindHeldCodes, {hash}, read);
        }
        std::ranges::sort(held, {}, &Code::id);
        return held;
    }

    std::int64_t TakeUses(CodeId id, std::int64_t wanted, Millis now) override {
        std::int64_t given = 0;
        desk_.Run(sql::kTakeUses, {id, now, wanted}, [&](const Row& row) { given = row.Int(0); });
        if (given > 0) Used(id);
        return given;
    }

    std::vector<std::int64_t> TakeUsesOfAll(std::span<const Wanted> wanted, Millis now) override {
        std::vector<std::int64_t> given;
        if (!desk_.IsPostgres() || wanted.size() == 1) {
            for (const Wanted& one : wanted) given.push_back(TakeUses(one.id, one.uses, now));
            return given;
        }
        std::vector<std::int64_t> ids, uses;
        for (const Wanted& one : wanted) ids.push_back(one.id), uses.push_back(one.uses);
        std::unordered_map<CodeId, std::int64_t> given_of;
        desk_.Run(sql::kTakeUsesOfAll, {ids, now, uses}, [&](const Row& row) {
            given_of[row.Int(0)] = row.Int(1);
            Used(row.Int(0));
        });
        for (const Wanted& one : wanted) given.push_back(given_of[one.id]);
        return given;
    }

    void Save(const Code& code) override {
        desk_.Run(sql::kSaveCode,
                  Editable(code).Between(
                      {code.id}, {code.updated_at, OrNull(code.created_by_id), code.created_by}));
        desk_.Run(sql::kRemoveCodeAircraft, {code.id});
        AddAircraft(code.id, code.aircraft_roles);
        desk_.Run(sql::kRemoveCodeTags, {code.id});
        AddMarks(code.id, code);
        Changed(code.id, code.updated_at);
    }

    void MarkPending(CodeId id, Millis now) override {
        desk_.Run(sql::kMarkCodePending, {id, now});
        Changed(id, now);
    }

    void Delete(CodeId id, Millis now) override {
        desk_.Run(sql::kFindCodeSeal, {id}, [&](const Row& row) {
            RemoveFragments(desk_, id, OpenSecrets(desk_, row.Text(0)).code);
        });
        desk_.Run(sql::kRemoveCodeTags, {id});
        desk_.Run(sql::kDeleteCode, {id, now});
        Changed(id, now);
    }

    CodePage List(const CodeQuery& query, Millis now) override {
        return ListCodesAt(desk_, query, now);
    }
    std::vector<CodeId> ListIds(const CodeQuery& query, CodeId after, std::size_t most) override {
        return ListCodeIdsAt(desk_, query, after, most);
    }
    CodeLoad LoadOf(std::string_view creator_id, Millis now) override {
        CodeLoad load;
        desk_.Run(sql::kCodeLoad, {creator_id, now}, [&](const Row& row) {
            load = {row.Int(0), row.Int(1), row.Int(2)};
        });
        return load;
    }

    std::vector<CodeTally> Tally(const CodeScope& scope) override {
        return TallyCodesAt(desk_, scope);
    }
    std::vector<CodeId> ListBoundTo(std::string_view address, Millis now,
                                    std::size_t most) override {
        std::vector<CodeId> ids;
        desk_.Run(sql::kListCodesBoundTo, {address, now, most},
                  [&](const Row& row) { ids.push_back(row.Int(0)); });
        return ids;
    }
    bool IsBehind(Millis now) override { return IsAnyUnsettled(desk_, now); }
    std::size_t CatchUp(Millis now, std::size_t most) override {
        return SettleCodes(desk_, now, most).value_or(0);
    }

    std::vector<Code> Near(std::string_view normalized, const CodeScope& scope,
                           std::size_t most) override {
        std::vector<std::string> hashes;
        for (const std::string& text : OneSlipAway(normalized))
            hashes.push_back(desk_.vault.Hash(Purpose::kCode, text));
        const std::vector<std::string_view> asked(hashes.begin(), hashes.end());
        std::vector<Code> near;
        desk_.Run(sql::kFindCodesByHashes,
                  {asked, scope.all, scope.task_group, scope.creator_id, most},
                  [&](const Row& row) {
                      Columns columns(row);
                      near.push_back(ReadCode(desk_, columns));
                  });
        return near;
    }

private:
    std::optional<Code> FindOne(const Statement& statement, const Value& key) {
        std::optional<Code> code;
        desk_.Run(statement, {key}, [&](const Row& row) {
            Columns columns(row);
            code = ReadCode(desk_, columns);
        });
        return code;
    }

    void Used(CodeId id) {
        desk_.touched.ids.push_back(id);
        desk_.used.push_back(id);
    }

    void Changed(CodeId id, Millis when) {
        ShelveCodes(desk_, {id}, when);
        desk_.touched.ids.push_back(id);
    }

    void AddMarks(CodeId id, const Code& code) {
        const auto marks = MarksOf(code);
        if (marks.empty()) return;
        desk_.Run(sql::kAddCodeTags,
                  {id, std::vector<std::string_view>(marks.begin(), marks.end())});
    }

    void AddAircraft(CodeId id, const std::vector<AircraftGrant>& grants) {
        for (const AircraftGrant& grant : grants)
            desk_.Run(sql::kAddCodeAircraft, {id, grant.aircraft_id, grant.role});
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Codes> CodesAt(Desk& desk) { return std::make_unique<SqlCodes>(desk); }

}  // namespace ostiary
