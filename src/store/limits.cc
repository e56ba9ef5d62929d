#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

class SqlSharedBuckets final : public SharedBuckets {
public:
    explicit SqlSharedBuckets(Desk& desk) : desk_(desk) {}

    Millis Drain(std::string_view key, Millis by, Millis latest, Millis now) override {
        Millis full_at = now;
        desk_.Run(sql::kDrainBucket, {key, by, latest, now},
                  [&](const Row& row) { full_at = row.Int(0); });
        return full_at;
    }

    std::vector<SharedBucket> DrainedSince(Millis then, std::size_t most, Millis now) override {
        std::vector<SharedBucket> buckets;
        desk_.Run(sql::kDrainedBuckets, {then, most, now}, [&](const Row& row) {
            buckets.push_back({std::string(row.Text(0)), row.Int(1)});
        });
        return buckets;
    }

    std::size_t DeleteFull(Millis now) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteFullBuckets, {now}));
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<SharedBuckets> SharedBucketsAt(Desk& desk) {
    return std::make_unique<SqlSharedBuckets>(desk);
}

}  // namespace ostiary
