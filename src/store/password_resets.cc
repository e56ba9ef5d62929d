#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

class SqlPasswordResets final : public PasswordResets {
public:
    explicit SqlPasswordResets(Desk& desk) : desk_(desk) {}

    void Put(const PasswordReset& reset) override {
        desk_.Run(sql::kPutReset, {reset.account_id, reset.token_hash, reset.created_at,
                                   reset.expires_at, reset.created_by});
    }

    std::optional<PasswordReset> FindByHash(std::string_view token_hash) override {
        return FindOne(sql::kFindResetByHash, token_hash);
    }
    std::optional<PasswordReset> FindOf(std::string_view account_id) override {
        return FindOne(sql::kFindResetOf, account_id);
    }

    bool End(std::string_view account_id) override {
        return desk_.Run(sql::kEndReset, {account_id}) > 0;
    }

    std::size_t DeleteExpired(Millis now) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteExpiredResets, {now}));
    }

private:
    std::optional<PasswordReset> FindOne(const Statement& statement, std::string_view key) {
        std::optional<PasswordReset> found;
        desk_.Run(statement, {key}, [&](const Row& row) {
            Columns columns(row);
            PasswordReset& reset = found.emplace();
            reset.account_id = columns.String();
            reset.token_hash = columns.String();
            reset.created_at = columns.Int();
            reset.expires_at = columns.Int();
            reset.created_by = columns.String();
        });
        return found;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<PasswordResets> PasswordResetsAt(Desk& desk) {
    return std::make_unique<SqlPasswordResets>(desk);
}

}  // namespace ostiary
