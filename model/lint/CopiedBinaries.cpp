// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/ShellStatesData.h"
#include "lint/SystemPrograms.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace stagewright {

namespace {

using lint::BuildProduct;

std::string_view repositoryOf(std::string_view reference)
{
    const std::size_t slash = reference.rfind('/');
    return reference.substr(0, reference.find_first_of(":@", slash == std::string_view::npos ? 0 : slash));
}

/// What stands behind @p folder in @p path: "" or "/bin/x".
std::string_view below(std::string_view folder, std::string_view path)
{
    return folder == "/" ? path : path.substr(folder.size());
}

/// Data that lies beside programs in a folder of products.
bool isData(std::string_view path)
{
    static constexpr std::array<std::string_view, 22> endings{
        ".json", ".html", ".css", ".txt", ".md",  ".jar", ".wasm", ".yml", ".yaml", ".toml", ".xml",
        ".conf", ".sh",   ".js",  ".svg", ".png", ".sql", ".h",    ".pem", ".crt",  ".lock", ".properties"};
    return std::ranges::any_of(endings, [path](std::string_view ending) { return path.ends_with(ending); });
}

/// Where @p made (a file, or with @p folder a folder of them) gets when @p source is copied: "" when it does not.
std::string landing(const CopiedFiles &copy, std::string_view source, std::string_view made, bool folder)
{
    bool pattern = false;
    if (const std::size_t glob = source.find_first_of("*?["); glob != std::string_view::npos) {
        // "/out/*" takes everything in /out along; its files keep their names.
        source = source.substr(0, source.rfind('/', glob));
        pattern = true;
        if (source.empty())
            source = "/";
    }
    while (source.size() > 1 && source.ends_with('/'))
        source.remove_suffix(1);
    if (lint::isAtOrAbove(source, made)) {
        if (source != made || folder || pattern)
            return lint::joinPath(copy.destination, std::string(below(source, made)).insert(0, "."));
        return copy.intoFolder ? lint::joinPath(copy.destination, made.substr(made.rfind('/') + 1)) : copy.destination;
    }
    if (!folder || !lint::isAtOrAbove(made, source) || isData(source))
        return {};
    // One file (or a part) of the folder.
    return copy.intoFolder ? lint::joinPath(copy.destination, source.substr(source.rfind('/') + 1)) : copy.destination;
}

/// The product as it is when @p source is copied out of it: one program out of a folder of them.
BuildProduct picked(const BuildProduct &product, std::string_view source)
{
    using enum lint::ProductKind;
    const bool programs = product.kind == GoProgram || product.kind == CProgram || product.kind == CppProgram
        || product.kind == RustProgram;
    static constexpr std::array<std::string_view, 5> folders{"release", "debug", "bin", "build", "out"};
    const std::string_view name = source.substr(source.rfind('/') + 1);
    BuildProduct result = product;
    if (programs && product.folder && source != product.path && lint::isAtOrAbove(product.path, source)
        && std::ranges::find(folders, name) == folders.end() && name.find_first_of("*?[") == std::string_view::npos
        && !name.empty()) {
        result.folder = false;
        result.path = source;
    }
    return result;
}

/// What is copied out of a stage or an image.
struct Origin
{
    const ImageTraits &traits;
    std::string_view repository;
    StageId stage = StageId::None;
    std::string_view name;
};

void addBinary(std::vector<CopiedBinary> &found, CopiedBinary binary)
{
    constexpr std::size_t most = 128;
    if (binary.path.empty() || found.size() >= most)
        return;
    // A later copy to the same place replaces what was there.
    std::erase_if(found, [&](const CopiedBinary &other) {
        return other.path == binary.path && !other.product.folder && !binary.product.folder
            && other.copy != binary.copy;
    });
    found.push_back(std::move(binary));
}

void addProducts(std::vector<CopiedBinary> &found, const ShellStates &states, const CopiedFiles &copy,
                 const Origin &origin)
{
    for (const std::string &source : copy.sources) {
        for (const BuildProduct &product : states.products(copy.from)) {
            std::string path = landing(copy, source, product.path, product.folder);
            if (!path.empty())
                addBinary(found,
                          {copy.at, picked(product, source), &origin.traits, copy.from, std::string(origin.name),
                           std::move(path)});
        }
        for (const CopiedBinary &other : states.binaries(copy.from)) {
            std::string path = landing(copy, source, other.path, other.product.folder);
            if (path.empty())
                continue;
            CopiedBinary here = other;
            here.path = std::move(path);
            here.copy = copy.at;
            // Seen from here the folder is at another place.
            here.product.path = other.path;
            here.product = picked(here.product, source);
            if (here.product.path == other.path)
                here.product.path = other.product.path;
            addBinary(found, std::move(here));
        }
    }
}

void addSystemParts(std::vector<CopiedBinary> &found, const CopiedFiles &copy, const Origin &origin)
{
    for (const std::string &source : copy.sources) {
        const auto part = lint::systemProduct(origin.repository, source);
        if (!part)
            continue;
        // A RUN of the stage made it, or it came by another copy.
        if (std::ranges::any_of(found, [&](const CopiedBinary &other) {
                return other.copy == copy.at && lint::isAtOrAbove(source, other.product.path);
            }))
            continue;
        addBinary(found,
                  {copy.at, *part, &origin.traits, origin.stage, std::string(origin.name),
                   landing(copy, source, part->path, part->folder)});
    }
}

} // namespace

const ImageTraits &ShellStates::traits(std::string_view reference) const
{
    const auto known = d->traits.find(reference);
    if (known != d->traits.end())
        return known->second;
    ImageTraits traits;
    const ImageFactsPtr &facts = d->factsOf(reference);
    traits.release = releaseOf(reference);
    traits.libc = facts && !facts->libc.empty() && !facts->byNameOnly ? facts->libc : traits.release.libc;
    if (traits.libc.empty() && facts) {
        traits.libc = facts->libc;
        traits.libcByName = true;
    }
    return d->traits.emplace(reference, std::move(traits)).first->second;
}

const ImageTraits &ShellStates::traits(StageId stage) const
{
    return traits(d->stages[indexOf(stage)].rootReference);
}

const lint::ProductReader &ShellStates::Data::productsOf(StageId stage, const ShellStates &owner) const
{
    if (products.empty())
        products.resize(stages.size());
    if (products[indexOf(stage)])
        return *products[indexOf(stage)];
    // From the first stage that is not read yet on: a chain may be too long for a call in a call.
    std::vector<StageId> wanted;
    for (StageId at = stage; at != StageId::None && !products[indexOf(at)]; at = parents[indexOf(at)])
        wanted.push_back(at);
    for (const StageId at : wanted | std::views::reverse)
        products[indexOf(at)] = readProducts(at, owner);
    return *products[indexOf(stage)];
}

std::shared_ptr<const lint::ProductReader> ShellStates::Data::readProducts(StageId stage,
                                                                           const ShellStates &owner) const
{
    const StageId parent = parents[indexOf(stage)];
    const auto &own = effects[indexOf(stage)];
    if (parent != StageId::None && std::ranges::none_of(own, &FileEffect::run))
        return products[indexOf(parent)];
    auto reader = parent != StageId::None
        ? std::make_shared<lint::ProductReader>(*products[indexOf(parent)])
        : std::make_shared<lint::ProductReader>(stages[indexOf(stage)].rootReference, owner.traits(stage).libc);
    for (const FileEffect &effect : own) {
        if (!effect.run)
            continue;
        const EnvValue *newest = states[indexOf(effect.at)].env;
        const auto environment = [&](std::string_view name) -> std::string {
            if (const EnvValue *value = findEnv(newest, name))
                return value->value;
            const std::string *argument = variablesOf(stage).find(name);
            return argument ? *argument : std::string();
        };
        reader->read(snapshot.text(), *effect.instruction, *effect.workdir, environment);
    }
    return reader;
}

std::span<const lint::BuildProduct> ShellStates::products(StageId stage) const
{
    return d->productsOf(stage, *this).products();
}

std::span<const CopiedBinary> ShellStates::binaries(StageId stage) const
{
    if (d->binaries.empty())
        d->binaries.resize(d->stages.size());
    // What a stage copies from stands in front of it, so that no call in a call is needed.
    for (; d->binariesRead <= indexOf(stage); ++d->binariesRead)
        d->binaries[d->binariesRead] = readBinaries(StageId(static_cast<std::uint32_t>(d->binariesRead)));
    return *d->binaries[indexOf(stage)];
}

std::shared_ptr<const std::vector<CopiedBinary>> ShellStates::readBinaries(StageId stage) const
{
    const StageId parent = d->parents[indexOf(stage)];
    const auto &own = d->effects[indexOf(stage)];
    const bool copies = std::ranges::any_of(
        own, [](const FileEffect &effect) { return !effect.run && effect.instruction->flag("from"); });
    if (parent != StageId::None && !copies)
        return d->binaries[indexOf(parent)];
    std::vector<CopiedBinary> found;
    if (parent != StageId::None)
        found = *d->binaries[indexOf(parent)];
    for (const FileEffect &effect : d->effects[indexOf(stage)]) {
        if (effect.run || !effect.instruction->flag("from"))
            continue;
        const CopiedFiles &copy = d->copyOf(effect, stage);
        const bool fromStage = copy.from != StageId::None && copy.from < stage;
        if (!fromStage && copy.image.empty())
            continue;
        const std::string_view reference
            = fromStage ? d->stages[indexOf(copy.from)].rootReference : std::string_view(copy.image);
        const Origin origin{traits(reference), repositoryOf(reference), fromStage ? copy.from : StageId::None,
                            fromStage ? std::string_view(d->stages[indexOf(copy.from)].rootName) : reference};
        if (fromStage)
            addProducts(found, *this, copy, origin);
        addSystemParts(found, copy, origin);
    }
    static const auto nothing = std::make_shared<const std::vector<CopiedBinary>>();
    return found.empty() ? nothing : std::make_shared<const std::vector<CopiedBinary>>(std::move(found));
}

Known ShellStates::hasLoader(StageId stage, std::string_view libc) const
{
    const std::string &own = traits(stage).libc;
    if (own.empty() || libc.empty())
        return Known::Unknown;
    if (own == libc)
        return Known::Yes;
    static constexpr std::array<std::string_view, 5> packages{"gcompat", "libc6-compat", "glibc", "musl", "ld-linux"};
    static constexpr std::array<std::string_view, 5> files{"/lib/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2",
                                                           "/lib/ld-musl-x86_64.so.1", "/usr/lib/libc.so.6",
                                                           "/lib/x86_64-linux-gnu/libc.so.6"};
    Known result = Known::No;
    if (d->hasTooManyEffects(stage, InstructionId::None))
        return Known::Unknown;
    const auto [kept, isNew] = d->loaders.try_emplace({stage, std::string(libc)}, Known::No);
    if (!isNew)
        return kept->second;
    d->eachEffect(stage, InstructionId::None, [&](const FileEffect &effect, StageId in) {
        const Instruction &instruction = *effect.instruction;
        const auto mentions
            = [&](std::string_view word) { return instruction.arguments.find(word) != std::string_view::npos; };
        const bool may = effect.run
            ? std::ranges::any_of(packages, mentions)
            : mentions("/ld-") || mentions("libc.so") || std::ranges::any_of(files, [&](std::string_view file) {
                  return lint::copyProvides(instruction, file, *effect.workdir, d->variablesOf(in)) != Known::No;
              });
        if (may)
            result = Known::Unknown;
        return !may;
    });
    kept->second = result;
    return result;
}

} // namespace stagewright
