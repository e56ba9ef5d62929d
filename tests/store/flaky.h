#pragma once

// A writer whose connection breaks where a test says.

#include "store/contract.h"
#include "store/writer.h"

namespace ostiary {

enum class Breakage { kNone, kBeforeBegin, kAtFirstWrite, kBeforeCommit, kAfterCommit };

class FlakyConnection final : public Connection {
public:
    FlakyConnection(std::unique_ptr<Connection> inner, Breakage& breakage)
        : inner_(std::move(inner)), breakage_(breakage) {}

    using Connection::Run;
    Dialect dialect() const override { return inner_->dialect(); }
    std::string_view begin() const override { return inner_->begin(); }
    TransactionState transaction() const override {
        return lost_ ? TransactionState::kNone : inner_->transaction();
    }
    bool alive() const override { return !lost_ && inner_->alive(); }
    void Prepare(const Statement& statement) override { inner_->Prepare(statement); }

    std::int64_t Run(const Statement& statement, std::span<const Value> values,
                     EachRow each) override {
        if (statement.writes) BreakIf(Breakage::kAtFirstWrite);
        return inner_->Run(statement, values, each);
    }
    void RunScript(std::string_view script) override {
        if (script == begin()) BreakIf(Breakage::kBeforeBegin);
        inner_->RunScript(script);
    }
    void RunAndCommit(const Statement& statement, std::initializer_list<Value> values) override {
        BreakIf(Breakage::kBeforeCommit);
        inner_->RunAndCommit(statement, values);
        BreakIf(Breakage::kAfterCommit);
    }

private:
    void BreakIf(Breakage here) {
        if (breakage_ != here) return;
        breakage_ = Breakage::kNone;  // once
        lost_ = true;
        inner_.reset(nullptr);
        throw StoreFailure(StoreTrouble::kLost, "the test pulled the cable");
    }

    std::unique_ptr<Connection> inner_;
    Breakage& breakage_;
    bool lost_ = false;
};

class Flaky {
public:
    Flaky(const Config& config, const Vault& vault, const Clock& clock, Random& random)
        : open_([this, config]() -> std::unique_ptr<Connection> {
              ++opened;
              return std::make_unique<FlakyConnection>(OpenConnection(config, OpenFor::kWrite),
                                                       breakage);
          }),
          writer_(open_, open_(), vault, random, clock, {}) {}

    // Runs one body through the writer; throws what its caller would hear.
    void Run(const Body& body) {
        Errand errand{&body};
        Group group;
        group.errands.push_back(&errand);
        writer_.Run(group);
        if (errand.failure) std::rethrow_exception(errand.failure);
        EXPECT_TRUE(errand.answer && errand.answer->ok());
    }
    void Set(const std::string& key, const std::string& value) {
        Run([&](Work& work) -> Result<void> {
            ++runs;
            work.facts.Set(key, value);
            return {};
        });
    }
    Writer& writer() { return writer_; }

    Breakage breakage = Breakage::kNone;
    int opened = 0, runs = 0;

private:
    const Opener open_;
    Writer writer_;
};

}  // namespace ostiary
