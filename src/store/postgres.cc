#include <endian.h>
#include <libpq-fe.h>

#include <array>
#include <cstring>
#include <utility>

#include "store/connection.h"
#include "store/postgres_wire.h"

namespace ostiary {
namespace {

using ResultHandle = std::unique_ptr<PGresult, decltype(&PQclear)>;

// The writer looks rows up by their keys and nothing else: one plan each, made once, however small
// a table was at that time. The ban on reading tables whole makes a small one look dear, and
// compiling a statement for that would take a hundred times as long as running it.
constexpr std::string_view kWriterSettings =
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off";

struct PostgresRow final : Row {
    explicit PostgresRow(const PGresult* result_) : result(result_) {}
    bool IsNull(int column) const override { return PQgetisnull(result, at, column); }
    std::int64_t Int(int column) const override {
        const char* bytes = PQgetvalue(result, at, column);
        switch (PQgetlength(result, at, column)) {
            case 0: return 0;
            case sizeof(std::int64_t):
                return static_cast<std::int64_t>(be64toh(Read<std::uint64_t>(bytes)));
            case sizeof(std::int32_t):
                return static_cast<std::int32_t>(be32toh(Read<std::uint32_t>(bytes)));
            default:
                throw StoreFailure(
                    "the database gave something else where a whole number was expected");
        }
    }
    std::string_view Text(int column) const override {
        return {PQgetvalue(result, at, column),
                static_cast<std::size_t>(PQgetlength(result, at, column))};
    }
    template <class T>
    static T Read(const char* bytes) {
        T number;
        std::memcpy(&number, bytes, sizeof number);
        return number;
    }
    const PGresult* result;
    int at = 0;
};

// By SQLSTATE: 40001 and 40P01 lost a race, 25006 and 57P… come from a server that is going or has
// become a standby.
StoreTrouble TroubleOf(std::string_view state, bool alive) {
    if (!alive) return StoreTrouble::kLost;
    if (state == "40001" || state == "40P01" || state == "55P03") return StoreTrouble::kAgain;
    if (state == "23505") return StoreTrouble::kUnique;
    if (state.starts_with("23")) return StoreTrouble::kConstraint;
    if (state == "25006" || state.starts_with("57P") || state.starts_with("08"))
        return StoreTrouble::kLost;
    return StoreTrouble::kOther;
}

std::string OneLine(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    for (char& c : text)
        if (c == '\n') c = ' ';
    return text;
}

class Postgres final : public Connection {
public:
    Postgres(const std::string& url, OpenFor purpose, Prepared prepared)
        : named_(prepared == Prepared::kNamed) {
        // What the URL says itself comes later and wins.
        constexpr std::array keywords = {
            "connect_timeout",  "fallback_application_name",      "keepalives_idle",
            "tcp_user_timeout", "target_session_attrs",           "client_encoding",
            "dbname",           static_cast<const char*>(nullptr)};
        const std::array<const char*, keywords.size()> values = {
            "5", "ostiary", "10", "10000", "read-write", "UTF8", url.c_str(), nullptr};
        pg_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
        if (PQstatus(pg_.get()) != CONNECTION_OK)
            throw StoreFailure(StoreTrouble::kLost,
                               "cannot reach the database: " + OneLine(PQerrorMessage(pg_.get())));
        PQsetNoticeProcessor(
            pg_.get(), [](void*, const char*) {}, nullptr);
        // Behind a pooler a setting would be somebody else's.
        if (named_ && purpose == OpenFor::kWrite) RunScript(kWriterSettings);
    }

    using Connection::Run;

    Dialect dialect() const override { return Dialect::kPostgres; }
    std::string_view begin() const override { return "BEGIN"; }
    bool alive() const override { return !lost_ && PQstatus(pg_.get()) == CONNECTION_OK; }
    TransactionState transaction() const override {
        if (begin_waits_) return TransactionState::kOpen;
        switch (PQtransactionStatus(pg_.get())) {
            case PQTRANS_INTRANS: return TransactionState::kOpen;
            case PQTRANS_INERROR: return TransactionState::kFailed;
            default: return TransactionState::kNone;
        }
    }

    // BEGIN travels with the statement that follows it; a transaction without one never travels at
    // all.
    void RunScript(std::string_view script) override {
        if (named_ && script == begin()) {
            begin_waits_ = true;
            return;
        }
        std::string text(script);
        if (std::exchange(begin_waits_, false)) {
            if (script == "COMMIT" || script == "ROLLBACK") return;
            text = "BEGIN; " + text;
        }
        Check(PQexec(pg_.get(), text.c_str()));
    }

    void Prepare(const Statement& statement) override {
        Check(PrepareAs(NameOf(statement), statement));
    }

    std::int64_t Run(const Statement& statement, std::span<const Value> values,
                     EachRow each) override {
        const WireValues parameters(values);
        const ResultHandle result = Ask(statement, parameters);
        if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
            const char* changed = PQcmdTuples(result.get());
            return *changed ? std::atoll(changed) : 0;
        }
        PostgresRow row(result.get());
        const int rows = PQntuples(result.get());
        for (; row.at < rows; ++row.at) each(row);
        return rows;
    }

    void RunAndCommit(const Statement& statement, std::initializer_list<Value> values) override {
        if (!named_) {
            Connection::Run(statement, values);
            return RunScript("COMMIT");
        }
        const WireValues parameters({values.begin(), values.size()});
        const std::string& name = PreparedName(statement);
        Travel together(*this);
        together.SendPrepared(name, parameters);
        together.SendWord("COMMIT");
        together.Arrive();
    }

private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };

    static std::string NameOf(const Statement& statement) {
        return "s" + std::to_string(statement.index);
    }

    PGresult* PrepareAs(const std::string& name, const Statement& statement) {
        if (statement.postgres.empty())
            throw StoreFailure("PostgreSQL has no statement " + std::string(statement.name));
        NoteRun(statement, Dialect::kPostgres);
        return PQprepare(pg_.get(), name.c_str(), std::string(statement.postgres).c_str(), 0,
                         nullptr);
    }

    const std::string& PreparedName(const Statement& statement) {
        const auto index = static_cast<std::size_t>(statement.index);
        if (prepared_.size() <= index) prepared_.resize(NamedStatements().size());
        std::string& name = prepared_[index];
        if (name.empty()) {
            std::string fresh = NameOf(statement);
            Check(PrepareAs(fresh, statement));
            name = std::move(fresh);
        }
        return name;
    }

    ResultHandle Ask(const Statement& statement, const WireValues& p) {
        if (!named_ || statement.index < 0) {
            if (std::exchange(begin_waits_, false)) Check(PQexec(pg_.get(), "BEGIN"));
            NoteRun(statement, Dialect::kPostgres);
            return Check(PQexecParams(pg_.get(), std::string(statement.postgres).c_str(), p.count(),
                                      nullptr, p.values(), p.lengths(), p.formats(),
                                      WireValues::kBinary));
        }
        const std::string& name = PreparedName(statement);
        if (!std::exchange(begin_waits_, false))
            return Check(PQexecPrepared(pg_.get(), name.c_str(), p.count(), p.values(), p.lengths(),
                                        p.formats(), WireValues::kBinary));
        Travel together(*this);
        together.SendWord("BEGIN");
        together.SendPrepared(name, p);
        return together.Arrive();
    }

    // Several statements in one journey there and back.
    class Travel {
    public:
        explicit Travel(Postgres& to) : to_(to), pg_(to.pg_.get()) {
            Must(PQenterPipelineMode(pg_));
        }
        ~Travel() {
            if (PQpipelineStatus(pg_) != PQ_PIPELINE_OFF && PQexitPipelineMode(pg_) == 0)
                to_.lost_ = true;
        }
        Travel(const Travel&) = delete;

        void SendWord(const char* word) {
            Must(PQsendQueryParams(pg_, word, 0, nullptr, nullptr, nullptr, nullptr,
                                   WireValues::kBinary));
        }
        void SendPrepared(const std::string& name, const WireValues& p) {
            Must(PQsendQueryPrepared(pg_, name.c_str(), p.count(), p.values(), p.lengths(),
                                     p.formats(), WireValues::kBinary));
        }

        // The answer of the last; throws what the first that failed has to say.
        ResultHandle Arrive() {
            Must(PQpipelineSync(pg_));
            ResultHandle last(nullptr, PQclear), failed(nullptr, PQclear);
            for (;;) {
                PGresult* next = PQgetResult(pg_);
                if (!next) {
                    if (PQstatus(pg_) != CONNECTION_OK) break;
                    continue;  // the end of one statement's answers
                }
                ResultHandle result(next, PQclear);
                const auto status = PQresultStatus(next);
                if (status == PGRES_PIPELINE_SYNC) break;
                if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
                    last = std::move(result);
                else if (!failed && status != PGRES_PIPELINE_ABORTED)
                    failed = std::move(result);
            }
            if (PQstatus(pg_) == CONNECTION_OK) Must(PQexitPipelineMode(pg_));
            if (failed || !last || PQstatus(pg_) != CONNECTION_OK)
                return to_.Check(failed.release());
            return last;
        }

    private:
        void Must(int done) {
            if (!done) to_.Check(nullptr);
        }
        Postgres& to_;
        PGconn* const pg_;
    };

    ResultHandle Check(PGresult* raw) {
        ResultHandle result(raw, PQclear);
        const auto status = PQresultStatus(raw);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
        const char* state = PQresultErrorField(raw, PG_DIAG_SQLSTATE);
        const char* words = PQresultErrorField(raw, PG_DIAG_MESSAGE_PRIMARY);
        const StoreTrouble trouble =
            TroubleOf(state ? state : "", PQstatus(pg_.get()) == CONNECTION_OK);
        if (trouble == StoreTrouble::kLost) lost_ = true;
        throw StoreFailure(
            trouble, "the database says: " + OneLine(words ? words : PQerrorMessage(pg_.get())));
    }

    std::unique_ptr<PGconn, Finish> pg_;
    const bool named_;
    bool lost_ = false, begin_waits_ = false;
    std::vector<std::string> prepared_;  // names by index; empty: not yet
};

}  // namespace

std::unique_ptr<Connection> OpenPostgres(const std::string& url, OpenFor purpose,
                                         Prepared prepared) {
    return std::make_unique<Postgres>(url, purpose, prepared);
}

}  // namespace ostiary
