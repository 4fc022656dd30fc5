// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "edit/Edits.h"
#include "session/DocumentSession.h"

#include <QObject>

namespace stagewright {

class DocumentPage;

/// The commands of the Stage menu and the palette on one document. Each is one undo step; what
/// cannot be done is said in a bar of the document.
class StageCommands : public QObject
{
    Q_OBJECT
public:
    explicit StageCommands(const Context &context, QObject *parent = nullptr);

    void setPage(DocumentPage *page) { m_page = page; }
    /// The selected stage, or the one that holds the selected instruction.
    [[nodiscard]] StageId selectedStage() const;

    /// With @p base (from the palette): a stage FROM it, in front of the last one. Without: the graph's own command,
    /// which lets the person name it at once.
    void addStage(const std::string &base = {});
    void addInstruction(const QString &text);
    void rename();
    void duplicate();
    void remove();
    void move(int step);
    /// Lays the whole document out evenly.
    void format();
    void toggleTarget();
    /// "" for the default: the last stage.
    void setTarget(const std::string &target);

private:
    bool push(edit::Result result, Origin origin = Origin::Graph);
    void complain(const std::string &message);
    void selectStage(StageId stage);
    [[nodiscard]] const Snapshot &snapshot() const;
    [[nodiscard]] edit::Place placeForInstruction() const;

    const Context &m_context;
    DocumentPage *m_page = nullptr;
};

} // namespace stagewright
