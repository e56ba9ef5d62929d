#pragma once

// PostgreSQL to measure at.

#include <string>

namespace ostiary::bench {

// The one that OSTIARY_TEST_POSTGRES names, or one of our own for as long as this lives.
class Cluster {
public:
    Cluster();
    ~Cluster();
    Cluster(const Cluster&) = delete;
    const std::string& url() const { return url_; }

private:
    std::string Start();

    std::string folder_, url_;
};

// A database in the cluster for as long as this lives.
class Database {
public:
    explicit Database(std::string cluster);
    ~Database();
    Database(const Database&) = delete;
    std::string url() const { return cluster_.substr(0, cluster_.rfind('/') + 1) + name_; }

private:
    const std::string cluster_;
    std::string name_;
};

// One statement without an answer, or with one text.
std::string Query(const std::string& url, const std::string& text);

}  // namespace ostiary::bench
