// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"
#include "graph/AddMenu.h"
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "graph/GraphViewParts.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "session/StageRole.h"
#include "theme/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

namespace stagewright {

namespace {

constexpr std::size_t recentLimit = 3;

const InstructionKind offeredKinds[] = {
    InstructionKind::Run,   InstructionKind::Copy,       InstructionKind::Workdir,    InstructionKind::Env,
    InstructionKind::Arg,   InstructionKind::User,       InstructionKind::Expose,     InstructionKind::Healthcheck,
    InstructionKind::Cmd,   InstructionKind::Entrypoint, InstructionKind::Label,      InstructionKind::Add,
    InstructionKind::Shell, InstructionKind::Volume,     InstructionKind::Stopsignal, InstructionKind::Onbuild,
};

QString factLine(const ImageFacts &facts)
{
    QStringList words;
    if (facts.hasShell == Known::No)
        words += QCoreApplication::translate("stagewright::GraphView", "no shell");
    else if (!facts.shell.empty())
        words += toQString(facts.shell);
    if (!facts.libc.empty() && facts.libc != "none")
        words += toQString(facts.libc);
    return words.join(QStringLiteral(" · "));
}

} // namespace

void GraphView::openAddMenu()
{
    const QPoint mouse = viewport()->mapFromGlobal(QCursor::pos());
    const bool inside = viewport()->rect().contains(mouse) && viewport()->underMouse();
    const QPoint at = inside ? mouse : viewport()->rect().center();
    const QPointF scenePos = mapToScene(at);
    const GraphHit hit = m_scene->hitTest(scenePos, zoom());
    NodeItem *node = inside && hit.node && hit.node->view().isStage() ? hit.node : nullptr;
    openAddMenuAt(scenePos, viewport()->mapToGlobal(at), node, hit.row);
}

void GraphView::openAddMenuAt(QPointF scenePos, QPoint globalPos, NodeItem *node, int row)
{
    if (m_session.isReadOnly()) {
        Q_EMIT statusMessage(tr("This document is read-only"));
        return;
    }
    std::optional<edit::Place> place = GraphCommands(*this).placeForNew();
    if (node) {
        const auto stage = static_cast<StageId>(node->view().ref.index);
        place = edit::Place{
            stage, row > 0 ? static_cast<std::size_t>(row) : m_session.snapshot()->instructionsOf(stage).size()};
    }
    std::vector<AddMenu::Entry> entries;
    const auto remember = [this](const QString &title) {
        auto &recent = m_parts->recent;
        recent.erase(std::remove(recent.begin(), recent.end(), title), recent.end());
        recent.insert(recent.begin(), title);
        recent.resize(std::min(recent.size(), recentLimit));
    };
    const auto add = [&](AddMenu::Entry entry) {
        entry.run = [remember, title = entry.title, run = std::move(entry.run)] {
            remember(title);
            run();
        };
        entries.push_back(std::move(entry));
    };
    const auto addStageEntry = [&](const QString &base, const QString &detail) {
        add({base == u"scratch" ? QStringLiteral("square-plus") : QStringLiteral("layers"),
             QStringLiteral("FROM ") + base, detail, base, true,
             [this, base, scenePos] { GraphCommands(*this).addStage(base, {}, scenePos); }});
    };
    const auto stages = m_session.snapshot()->graph().stages();
    if (place && !stages.empty()) {
        const QString target = toQString(m_session.snapshot()->graph().stage(place->stage).displayName);
        for (InstructionKind kind : offeredKinds) {
            const QString keyword = toQString(keywordOf(kind));
            add({instructionIcon(kind), keyword, tr("in %1").arg(target), {}, true, [this, keyword, at = *place] {
                     GraphCommands(*this).addInstruction(keyword, at);
                 }});
        }
    }
    addStageEntry(QStringLiteral("scratch"), tr("new stage, empty image"));
    for (const Stage &stage : stages) {
        if (!stage.name.empty())
            addStageEntry(toQString(stage.displayName), tr("new stage on a stage"));
    }
    for (const Catalog::Offer &offer : m_session.linter().catalog().offers()) {
        if (offer.reference != "scratch")
            addStageEntry(toQString(offer.reference), factLine(offer.facts));
    }
    // What was used last comes first
    std::stable_sort(entries.begin(), entries.end(), [&](const AddMenu::Entry &a, const AddMenu::Entry &b) {
        const auto rank = [&](const AddMenu::Entry &e) {
            return std::find(m_parts->recent.begin(), m_parts->recent.end(), e.title) - m_parts->recent.begin();
        };
        return rank(a) < rank(b);
    });
    auto *menu = new AddMenu(m_theme, std::move(entries), this);
    menu->popup(globalPos);
}

void GraphCommands::offerNewStage(NodeRef source, QPointF scenePos)
{
    const Snapshot &snapshot = *m_view.session().snapshot();
    QString name;
    if (source.kind == NodeKind::Stage) {
        const Stage &stage = snapshot.graph().stage(static_cast<StageId>(source.index));
        name = stage.name.empty() ? QString() : toQString(stage.displayName);
    } else if (source.kind == NodeKind::Image) {
        name = toQString(snapshot.graph().image(static_cast<ImageId>(source.index)).written);
    } else if (source.kind == NodeKind::NamedContext) {
        name = toQString(snapshot.graph().namedContexts()[static_cast<std::size_t>(source.index)].name);
    }
    std::vector<AddMenu::Entry> entries;
    GraphView *view = &m_view;
    if (!name.isEmpty()) {
        entries.push_back({QStringLiteral("layers"),
                           QStringLiteral("FROM ") + name,
                           QCoreApplication::translate("stagewright::GraphView", "new stage on it"),
                           {},
                           true,
                           [view, name, scenePos] { GraphCommands(*view).addStage(name, {}, scenePos); }});
        for (const char *base : {"scratch", "gcr.io/distroless/static-debian12", "alpine:3.22", "debian:13-slim"}) {
            const QString image = QString::fromLatin1(base);
            const std::string copy = "COPY --from=" + name.toStdString() + " /app /app";
            entries.push_back(
                {QStringLiteral("files"), QStringLiteral("COPY --from=") + name,
                 QCoreApplication::translate("stagewright::GraphView", "new stage on %1").arg(image), image, true,
                 [view, image, copy, scenePos] { GraphCommands(*view).addStage(image, {copy}, scenePos); }});
        }
    } else if (source.kind == NodeKind::BuildContext) {
        entries.push_back({QStringLiteral("files"),
                           QStringLiteral("COPY . /app/"),
                           QCoreApplication::translate("stagewright::GraphView", "new stage on %1")
                               .arg(QStringLiteral("alpine:3.22")),
                           {},
                           true,
                           [view, scenePos] {
                               GraphCommands(*view).addStage(QStringLiteral("alpine:3.22"), {"COPY . /app/"}, scenePos);
                           }});
    }
    if (entries.empty()) {
        say(QCoreApplication::translate("stagewright::GraphView", "Drop the wire on a card"));
        return;
    }
    auto *menu = new AddMenu(m_view.theme(), std::move(entries), &m_view);
    menu->popup(m_view.viewport()->mapToGlobal(m_view.mapFromScene(scenePos)));
}

/// What can be asked about the image below a card: of its header, its FROM row, and of the image's own card.
void GraphView::addImageActions(QMenu &menu, const GraphHit &hit)
{
    const BuildGraph &graph = m_session.snapshot()->graph();
    const NodeRef node = hit.node->view().ref;
    StageId stage = StageId::None;
    if (node.kind == NodeKind::Stage && hit.row <= 0) {
        stage = static_cast<StageId>(node.index);
    } else if (node.kind == NodeKind::Image) {
        const auto user = std::ranges::find_if(graph.stages(), [node](const Stage &s) {
            return s.base.kind == BaseKind::Image && static_cast<std::int32_t>(indexOf(s.base.image)) == node.index;
        });
        stage = user == graph.stages().end() ? StageId::None : user->id;
    }
    if (stage == StageId::None)
        return;
    QAction *compare = menu.addAction(m_theme.icon(QStringLiteral("git-compare")), tr("Compare with siblings…"), this,
                                      [this, stage] { Q_EMIT comparisonWanted(stage); });
    compare->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_K);
    if (node.kind == NodeKind::Stage) {
        menu.addAction(m_theme.icon(QStringLiteral("ban")), tr("Where its shell is from, or why there is none"), this,
                       [this, stage] { Q_EMIT shellChainWanted(stage); });
        if (hit.node->state().build.state == engine::RowState::Failed) {
            menu.addAction(m_theme.icon(QStringLiteral("square-terminal")), tr("Open the log of the build"), this,
                           [this, stage] { Q_EMIT logWanted(stage); });
        }
    }
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint at = event->pos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const NodeItem *node = currentNode();
        at = node ? mapFromScene(node->cardRect().topLeft() + QPointF(30, 30)) : viewport()->rect().center();
    }
    const QPointF scenePos = mapToScene(at);
    const GraphHit hit = m_scene->hitTest(scenePos, zoom());
    if (hit.kind != GraphHit::Kind::Nothing && event->reason() == QContextMenuEvent::Mouse)
        click(hit, Qt::NoModifier, true);
    const bool writable = !m_session.isReadOnly();
    QMenu menu(this);
    const auto add
        = [&](const char *icon, const QString &words, const QKeySequence &keys, auto run, bool enabled = true) {
              QAction *action = menu.addAction(m_theme.icon(QString::fromLatin1(icon)), words, this, run);
              action->setShortcut(keys);
              action->setEnabled(enabled);
              return action;
          };
    const QPoint global = viewport()->mapToGlobal(at);
    if (hit.kind == GraphHit::Kind::Row) {
        const RowView &row = hit.node->view().rows[static_cast<std::size_t>(hit.row)];
        const InstructionId id = row.id;
        if (row.severity)
            add("lightbulb", tr("Show fixes"), Qt::ALT | Qt::Key_Return, [this, id] { requestFixes(id); });
        add("pencil", tr("Edit"), Qt::Key_Return, [this, id] { GraphCommands(*this).editInstruction(id); }, writable);
        NodeItem *node = hit.node;
        const int index = hit.row;
        add(
            "plus", tr("Add instruction below…"), Qt::SHIFT | Qt::Key_A,
            [this, scenePos, global, node, index] { openAddMenuAt(scenePos, global, node, std::max(index, 0)); },
            writable);
        menu.addSeparator();
    } else if (hit.node && hit.node->view().isStage()) {
        const auto stage = static_cast<StageId>(hit.node->view().ref.index);
        add("pencil", tr("Rename"), Qt::Key_F2, [this, stage] { GraphCommands(*this).renameStage(stage); }, writable);
        NodeItem *node = hit.node;
        add(
            "plus", tr("Add instruction…"), Qt::SHIFT | Qt::Key_A,
            [this, scenePos, global, node] { openAddMenuAt(scenePos, global, node, -1); }, writable);
        const Stage &view = m_session.snapshot()->graph().stage(stage);
        const QString target
            = view.name.empty() ? QStringLiteral("#%1").arg(static_cast<int>(stage)) : toQString(view.name);
        add("flag", tr("Build this stage (set as target)"), {}, [this, target] { setTarget(target); }, !view.isTarget);
        add(
            "arrow-up", tr("Move up in the file"), Qt::ALT | Qt::Key_Up,
            [this, stage] { GraphCommands(*this).moveStage(stage, -1); }, writable);
        add(
            "arrow-down", tr("Move down in the file"), Qt::ALT | Qt::Key_Down,
            [this, stage] { GraphCommands(*this).moveStage(stage, 1); }, writable);
        menu.addSeparator();
    } else if (hit.edge) {
        const InstructionId id = hit.edge->view().instruction;
        add(
            "pencil", tr("Edit its instruction"), Qt::Key_Return,
            [this, id] { GraphCommands(*this).editInstruction(id); }, writable);
    } else if (!hit.node) {
        add(
            "square-plus", tr("Add…"), Qt::SHIFT | Qt::Key_A,
            [this, scenePos, global] { openAddMenuAt(scenePos, global, nullptr, -1); }, writable);
        add("clipboard", tr("Paste"), QKeySequence::Paste, [this] { paste(); }, canPaste());
        menu.addSeparator();
        add("workflow", tr("Auto-layout"), {}, [this] { autoLayout(); }, !m_session.nodePositions().empty());
        add("maximize", tr("Fit the whole graph"), Qt::Key_Home, [this] { fitAll(); });
        menu.exec(global);
        return;
    }
    if (!hit.edge) {
        addImageActions(menu, hit);
        const bool image = hit.kind != GraphHit::Kind::Row;
        add("info", image ? tr("About its image") : tr("What it runs in"), Qt::Key_I, [this] { showFacts(); });
        add("copy", tr("Copy"), QKeySequence::Copy, [this] { copySelection(); }, canCopy());
        add(
            "square-plus", tr("Duplicate"), Qt::CTRL | Qt::Key_D, [this] { duplicateSelection(); },
            writable && hit.node->view().isStage());
    }
    add(
        "trash-2", hit.edge ? tr("Delete connection") : tr("Delete"), QKeySequence::Delete,
        [this] { deleteSelection(); }, canDelete());
    menu.exec(global);
}

} // namespace stagewright
