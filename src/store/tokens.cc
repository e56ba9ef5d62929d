#include "sql.h"
#include "store/packed.h"
#include "store/ports.h"

namespace ostiary {
namespace {

ApiToken ReadToken(const Row& row) {
    Columns columns(row);
    ApiToken token;
    token.id = columns.String();
    token.hash = columns.String();
    token.account_id = columns.String();
    token.label = columns.String();
    token.scopes = UnpackLines(columns.Text());
    token.created_at = columns.Int();
    token.expires_at = columns.MaybeInt();
    token.last_used_at = columns.MaybeInt();
    token.revoked_at = columns.MaybeInt();
    return token;
}

class SqlTokens final : public Tokens {
public:
    explicit SqlTokens(Desk& desk) : desk_(desk) {}

    void Add(const ApiToken& token) override {
        const std::string scopes = PackLines(token.scopes);
        desk_.Run(sql::kAddToken,
                  {token.id, token.hash, token.account_id, token.label, scopes, token.created_at,
                   token.expires_at, token.last_used_at, token.revoked_at});
    }

    std::optional<ApiToken> FindByHash(std::string_view hash) override {
        return FindOne(sql::kFindTokenByHash, hash);
    }
    std::optional<ApiToken> Find(std::string_view id) override {
        return FindOne(sql::kFindToken, id);
    }

    void RecordUse(std::string_view id, Millis now) override {
        desk_.Run(sql::kRecordTokenUse, {id, now});
    }

    bool Revoke(std::string_view id, Millis now) override {
        return desk_.Run(sql::kRevokeToken, {id, now}) > 0;
    }

    std::vector<ApiToken> ListOf(std::string_view account_id) override {
        std::vector<ApiToken> tokens;
        desk_.Run(sql::kTokensOf, {account_id},
                  [&](const Row& row) { tokens.push_back(ReadToken(row)); });
        return tokens;
    }

    std::vector<ApiToken> List(std::string_view before, std::size_t most) override {
        std::vector<ApiToken> tokens;
        desk_.Run(sql::kListTokens, {before, most},
                  [&](const Row& row) { tokens.push_back(ReadToken(row)); });
        return tokens;
    }

private:
    std::optional<ApiToken> FindOne(const Statement& statement, std::string_view key) {
        std::optional<ApiToken> found;
        desk_.Run(statement, {key}, [&](const Row& row) { found = ReadToken(row); });
        return found;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Tokens> TokensAt(Desk& desk) { return std::make_unique<SqlTokens>(desk); }

}  // namespace ostiary
