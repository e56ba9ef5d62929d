#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

InvitationRequest ReadRequest(const Row& row) {
    Columns columns(row);
    InvitationRequest request;
    request.id = columns.Int();
    request.email = columns.String();
    request.name = columns.String();
    request.words = columns.String();
    request.task_group = columns.String();
    request.language = columns.String();
    request.state = static_cast<RequestState>(columns.Int());
    request.times_asked = columns.Int();
    request.asked_at = columns.Int();
    request.last_asked_at = columns.Int();
    request.decided_at = columns.MaybeInt();
    request.decided_by_id = columns.String();
    request.decided_by = columns.String();
    request.reason = columns.String();
    request.code_id = columns.Int();
    return request;
}

class SqlRequests final : public InvitationRequests {
public:
    explicit SqlRequests(Desk& desk) : desk_(desk) {}

    std::optional<RequestId> Add(const InvitationRequest& one,
                                 std::string_view email_key) override {
        std::optional<RequestId> id;
        desk_.Run(
            sql::kAddRequest,
            {one.email, email_key, one.name, one.words, one.task_group, one.language, one.asked_at},
            [&](const Row& row) { id = row.Int(0); });
        return id;
    }

    void AskAgain(std::string_view email_key, Millis now) override {
        desk_.Run(sql::kRequestAgain, {email_key, now});
    }

    std::optional<InvitationRequest> Find(RequestId id) override {
        return FindOne(sql::kFindRequest, id);
    }

    std::optional<InvitationRequest> FindForUpdate(RequestId id) override {
        return FindOne(sql::kFindRequestForUpdate, id);
    }

    std::vector<InvitationRequest> List(const RequestQuery& query) override {
        std::vector<InvitationRequest> all;
        const auto each = [&](const Row& row) { all.push_back(ReadRequest(row)); };
        const int everything = query.scope.all ? 1 : 0;
        if (query.state == RequestState::kOpen)
            desk_.Run(sql::kListOpenRequests,
                      {query.cursor, everything, query.scope.task_group, query.page_size}, each);
        else
            desk_.Run(sql::kListDecidedRequests,
                      {static_cast<int>(query.state), query.cursor == 0 ? INT64_MAX : query.cursor,
                       everything, query.scope.task_group, query.page_size},
                      each);
        return all;
    }

    std::int64_t CountOpen(const CodeScope& scope, std::size_t most) override {
        std::int64_t open = 0;
        desk_.Run(sql::kCountOpenRequests, {scope.all ? 1 : 0, scope.task_group, most},
                  [&](const Row& row) { open = row.Int(0); });
        return open;
    }

    void Decide(const InvitationRequest& one) override {
        desk_.Run(sql::kDecideRequest,
                  {one.id, static_cast<int>(one.state), one.decided_at, OrNull(one.decided_by_id),
                   OrNull(one.decided_by), OrNull(one.reason), OrNull(one.code_id)});
    }

    std::size_t DeleteDecided(Millis before, std::size_t most) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteDecidedRequests, {before, most}));
    }

    void Erase(std::string_view account_id) override {
        desk_.Run(sql::kEraseRequests, {account_id});
    }

private:
    std::optional<InvitationRequest> FindOne(const Statement& statement, RequestId id) {
        std::optional<InvitationRequest> found;
        desk_.Run(statement, {id}, [&](const Row& row) { found = ReadRequest(row); });
        return found;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<InvitationRequests> RequestsAt(Desk& desk) {
    return std::make_unique<SqlRequests>(desk);
}

}  // namespace ostiary
