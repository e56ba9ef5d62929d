#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

Session ReadSession(const Row& row) {
    Columns columns(row);
    Session session;
    session.id_hash = columns.String();
    session.account_id = columns.String();
    session.created_at = columns.Int();
    session.seen_at = columns.Int();
    session.expires_at = columns.Int();
    session.ended_at = columns.MaybeInt();
    session.address = columns.String();
    session.user_agent = columns.String();
    return session;
}

class SqlSessions final : public Sessions {
public:
    explicit SqlSessions(Desk& desk) : desk_(desk) {}

    void Add(const Session& session) override {
        desk_.Run(sql::kAddSession,
                  {session.id_hash, session.account_id, session.created_at, session.seen_at,
                   session.expires_at, session.ended_at, session.address, session.user_agent});
    }

    std::optional<Session> Find(std::string_view id_hash) override {
        std::optional<Session> found;
        desk_.Run(sql::kFindSession, {id_hash}, [&](const Row& row) { found = ReadSession(row); });
        return found;
    }

    void Touch(std::string_view id_hash, Millis now) override {
        desk_.Run(sql::kTouchSession, {id_hash, now});
    }

    bool End(std::string_view id_hash, Millis now) override {
        return desk_.Run(sql::kEndSession, {id_hash, now}) > 0;
    }

    void EndAllOf(std::string_view account_id, std::string_view but_not, Millis now) override {
        desk_.Run(sql::kEndSessionsOf, {account_id, but_not, now});
    }

    std::vector<Session> ListOf(std::string_view account_id, Millis now) override {
        std::vector<Session> sessions;
        desk_.Run(sql::kSessionsOf, {account_id, now},
                  [&](const Row& row) { sessions.push_back(ReadSession(row)); });
        return sessions;
    }

    std::size_t DeleteEndedBefore(Millis then) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteEndedSessions, {then}));
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<Sessions> SessionsAt(Desk& desk) { return std::make_unique<SqlSessions>(desk); }

}  // namespace ostiary
