// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"

#include "catalog/CatalogReader.h"

#include <QFile>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <unordered_map>
#include <utility>

// At file scope: the macro declares a function of the generated resource code.
static void initCatalogResources()
{
    Q_INIT_RESOURCE(stagewright_catalog);
}

namespace stagewright {

namespace {

constexpr QLatin1StringView folder(":/stagewright/catalog/");

struct Reference
{
    std::string repository;
    std::string tag; ///< "" when only a digest is given.
    bool digestOnly = false;
};

/// "node@sha256:…" → docker.io/library/node, digest only; "node" → tag latest. Same rules as every client.
Reference split(std::string_view reference)
{
    Reference result;
    const std::size_t at = reference.find('@');
    const bool digest = at != std::string_view::npos;
    if (digest)
        reference = reference.substr(0, at);
    const std::size_t slash = reference.rfind('/');
    const std::size_t colon = reference.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon != std::string_view::npos) {
        result.tag = reference.substr(colon + 1);
        reference = reference.substr(0, colon);
    } else if (digest) {
        result.digestOnly = true;
    } else {
        result.tag = "latest";
    }
    if (reference == "scratch") {
        result.repository = reference;
        return result;
    }
    const std::size_t first = reference.find('/');
    const std::string_view host = reference.substr(0, first);
    const bool hasHost = first != std::string_view::npos
        && (host.find_first_of(".:") != std::string_view::npos || host == "localhost");
    if (hasHost)
        result.repository = reference;
    else if (first == std::string_view::npos)
        result.repository = "docker.io/library/" + std::string(reference);
    else
        result.repository = "docker.io/" + std::string(reference);
    return result;
}

bool anyGlobMatches(const std::vector<std::string> &patterns, std::string_view text)
{
    return std::ranges::any_of(patterns, [text](const std::string &p) { return Catalog::globMatches(p, text); });
}

constexpr std::string_view globCharacters("*?[");

/// Keeps in @p a what @p b says too.
void intersect(ImageFacts &a, const ImageFacts &b)
{
    const auto keep = [&](auto member) {
        if (!(a.*member == b.*member))
            a.*member = {};
    };
    keep(&ImageFacts::hasShell);
    keep(&ImageFacts::shell);
    keep(&ImageFacts::shellFormWorks);
    keep(&ImageFacts::hasPackageManager);
    keep(&ImageFacts::packageManager);
    keep(&ImageFacts::libc);
    keep(&ImageFacts::user);
    keep(&ImageFacts::uid);
    keep(&ImageFacts::entrypoint);
    keep(&ImageFacts::cmd);
    keep(&ImageFacts::workdir);
    keep(&ImageFacts::sizeMb);
    keep(&ImageFacts::sizeSource);
    keep(&ImageFacts::accounts);
    keep(&ImageFacts::groups);
    keep(&ImageFacts::path);
    keep(&ImageFacts::status);
    keep(&ImageFacts::replacement);
    keep(&ImageFacts::note);
    keep(&ImageFacts::sources);
    keep(&ImageFacts::origin);
    std::erase_if(a.provides, [&](const auto &item) {
        const auto found = b.provides.find(item.first);
        return found == b.provides.end() || found->second != item.second;
    });
}

/// Matches one bracket expression at @p pattern[i] == '['; moves @p i behind it. No closing bracket: a literal.
bool bracketMatches(std::string_view pattern, std::size_t &i, char c)
{
    const std::size_t close = pattern.find(']', i + 2);
    if (close == std::string_view::npos)
        return pattern[i++] == c;
    std::string_view set = pattern.substr(i + 1, close - i - 1);
    i = close + 1;
    const bool negated = set.front() == '!';
    if (negated)
        set.remove_prefix(1);
    bool found = false;
    for (std::size_t k = 0; k < set.size(); ++k) {
        if (k + 2 < set.size() && set[k + 1] == '-') {
            found = found || (set[k] <= c && c <= set[k + 2]);
            k += 2;
        } else {
            found = found || set[k] == c;
        }
    }
    return found != negated;
}

} // namespace

struct Catalog::Data
{
    /// One file; read at the first question that it may answer.
    struct Part
    {
        std::string file;
        std::vector<std::string> repositories;
        mutable std::once_flag once;
        mutable std::vector<Entry> entries;
        /// Which entries name a repository, and which patterns of entries are globs: of all the entries, those few
        /// that one reference has to be compared with.
        mutable std::unordered_map<std::string_view, std::vector<std::size_t>> byName;
        mutable std::vector<std::pair<std::string_view, std::size_t>> globs;

        const std::vector<Entry> &load() const
        {
            std::call_once(once, [this] {
                if (!file.empty())
                    entries = readFile(file);
                index();
            });
            return entries;
        }

        /// The entries whose repository matches, in their order.
        void collect(std::string_view repository, std::vector<std::size_t> &found) const
        {
            load();
            found.clear();
            if (const auto named = byName.find(repository); named != byName.end())
                found = named->second;
            for (const auto &[pattern, entry] : globs) {
                if (globMatches(pattern, repository))
                    found.push_back(entry);
            }
            std::ranges::sort(found);
            const auto twice = std::ranges::unique(found);
            found.erase(twice.begin(), twice.end());
        }

    private:
        void index() const
        {
            for (std::size_t i = 0; i < entries.size(); ++i) {
                for (const std::string &pattern : *entries[i].repositories) {
                    if (pattern.find_first_of(globCharacters) == std::string::npos)
                        byName[pattern].push_back(i);
                    else
                        globs.emplace_back(pattern, i);
                }
            }
        }
    };
    std::vector<std::shared_ptr<const Part>> parts; ///< Shared with the catalogues that lie over this one.
    std::vector<catalog::IndexOffer> offers;
    std::vector<catalog::IndexChoice> builders;
    std::vector<catalog::IndexChoice> runtimes;

    static QByteArray bytesOf(const std::string &file)
    {
        QFile in(folder + QString::fromStdString(file));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    static std::vector<Entry> readFile(const std::string &file)
    {
        return catalog::readEntries(bytesOf(file), file).entries;
    }
};

Catalog::Catalog(std::shared_ptr<const Data> data)
    : d(std::move(data))
{
}

std::expected<Catalog, FileProblem> Catalog::fromJson(const QByteArray &json, std::string_view name)
{
    std::vector<FileProblem> problems;
    Catalog catalog = fromPerson(json, name, FactsOrigin::BuiltIn, problems);
    if (!problems.empty())
        return std::unexpected(std::move(problems.front()));
    return catalog;
}

Catalog Catalog::fromPerson(const QByteArray &json, std::string_view name, FactsOrigin origin,
                            std::vector<FileProblem> &problems)
{
    catalog::EntriesRead read = catalog::readEntries(json, name, origin);
    std::ranges::move(read.problems, std::back_inserter(problems));
    auto part = std::make_shared<Data::Part>();
    part->repositories = {"*"};
    part->entries = std::move(read.entries);
    auto data = std::make_shared<Data>();
    data->parts.push_back(std::move(part));
    return Catalog(std::move(data));
}

Catalog Catalog::over(const Catalog &below) const
{
    auto data = std::make_shared<Data>(*below.d);
    data->parts.insert(data->parts.begin(), d->parts.begin(), d->parts.end());
    return Catalog(std::move(data));
}

const Catalog &Catalog::builtIn()
{
    static const Catalog catalog = [] {
        initCatalogResources();
        auto data = std::make_shared<Data>();
        if (auto index = catalog::readIndex(Data::bytesOf("index.json"), "index.json")) {
            for (catalog::IndexPart &row : index->parts) {
                auto part = std::make_shared<Data::Part>();
                part->file = std::move(row.file);
                part->repositories = std::move(row.repositories);
                data->parts.push_back(std::move(part));
            }
            data->offers = std::move(index->offers);
            data->builders = std::move(index->builders);
            data->runtimes = std::move(index->runtimes);
        }
        return Catalog(std::move(data));
    }();
    return catalog;
}

bool Catalog::Entry::matchesRepository(std::string_view repository) const
{
    return anyGlobMatches(*repositories, repository);
}

bool Catalog::Entry::matchesTag(std::string_view tag) const
{
    return anyGlobMatches(tags, tag);
}

ImageFactsPtr Catalog::lookup(std::string_view reference) const
{
    const Reference wanted = split(reference);
    std::vector<std::pair<const std::shared_ptr<const Data::Part> *, const Entry *>> sameRepository;
    std::vector<std::size_t> found;
    bool answered = false; // an entry for every tag hides all behind it
    for (const auto &part : d->parts) {
        if (answered)
            break;
        if (!anyGlobMatches(part->repositories, wanted.repository))
            continue;
        part->collect(wanted.repository, found);
        for (const std::size_t index : found) {
            const Entry &entry = part->entries[index];
            if (wanted.digestOnly) {
                if (!entry.facts.byNameOnly)
                    sameRepository.emplace_back(&part, &entry);
                answered = std::ranges::contains(entry.tags, "*");
                if (answered)
                    break;
            } else if (entry.matchesTag(wanted.tag)) {
                // The last entry of all stands for "nothing is known".
                if (entry.facts.byNameOnly && entry.facts.hasShell == Known::Unknown)
                    return nullptr;
                return {part, &entry.facts};
            }
        }
    }
    // A digest names one of the repository's builds, but which? Old pins are rare, so what is no longer
    // published counts only where nothing else is left.
    const auto isCurrent = [](const auto &one) { return one.second->facts.status == ImageStatus::Current; };
    if (std::ranges::any_of(sameRepository, isCurrent))
        std::erase_if(sameRepository, [&](const auto &one) { return !isCurrent(one); });
    if (sameRepository.empty())
        return nullptr;
    const auto &[part, first] = sameRepository.front();
    if (sameRepository.size() == 1)
        return {*part, &first->facts};
    auto facts = std::make_shared<ImageFacts>(first->facts);
    for (const auto &one : std::span(sameRepository).subspan(1))
        intersect(*facts, one.second->facts);
    return facts;
}

std::vector<const Catalog::Entry *> Catalog::entries() const
{
    std::vector<const Entry *> all;
    for (const auto &part : d->parts) {
        for (const Entry &entry : part->load())
            all.push_back(&entry);
    }
    return all;
}

std::vector<Catalog::Offer> Catalog::offers() const
{
    std::vector<Offer> result;
    result.reserve(d->offers.size());
    for (const catalog::IndexOffer &offer : d->offers) {
        const ImageFactsPtr facts = lookup(offer.reference);
        result.push_back({offer.reference, offer.title, facts ? *facts : ImageFacts()});
    }
    return result;
}

namespace {

/// The first row for @p wanted; "{repository}" in it stands for the repository that was asked about.
std::string firstFor(const std::vector<catalog::IndexChoice> &rows, const Reference &wanted)
{
    const std::string whole = wanted.repository + ":" + wanted.tag;
    for (const catalog::IndexChoice &row : rows) {
        if (!anyGlobMatches(row.images, whole))
            continue;
        std::string choice = row.choice;
        constexpr std::string_view placeholder("{repository}");
        if (const std::size_t at = choice.find(placeholder); at != std::string::npos)
            choice.replace(at, placeholder.size(), wanted.repository);
        return choice;
    }
    return {};
}

} // namespace

std::string Catalog::builderFor(std::string_view reference) const
{
    return firstFor(d->builders, split(reference));
}

std::string Catalog::runtimeFor(std::string_view reference) const
{
    const Reference wanted = split(reference);
    return wanted.digestOnly ? std::string() : firstFor(d->runtimes, wanted);
}

bool Catalog::globMatches(std::string_view pattern, std::string_view text)
{
    // Most patterns differ in what is no pattern at all.
    const std::size_t literal = std::min(pattern.find_first_of(globCharacters), pattern.size());
    if (!text.starts_with(pattern.substr(0, literal)))
        return false;
    pattern.remove_prefix(literal);
    text.remove_prefix(literal);
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos; // behind the last '*'
    std::size_t mark = 0;                      // where its match may end next
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            mark = t;
            continue;
        }
        if (p < pattern.size()) {
            std::size_t next = p + 1;
            bool matches = pattern[p] == '?' || pattern[p] == text[t];
            if (pattern[p] == '[') {
                next = p;
                matches = bracketMatches(pattern, next, text[t]);
            }
            if (matches) {
                p = next;
                ++t;
                continue;
            }
        }
        if (star == std::string_view::npos)
            return false;
        p = star;
        t = ++mark;
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

} // namespace stagewright
