// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "semantics/BuildGraph.h"

#include <QList>
#include <QObject>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace stagewright {

class BuildOutcome;
class DocumentPage;
class ImagePanel;
class LayersPanel;

/// Brings what follows a build to the panels that show it: layers, history, and the inside of images.
class SizePanels : public QObject
{
    Q_OBJECT
public:
    SizePanels(const Context &context, QWidget *window);

    [[nodiscard]] LayersPanel &layers() const { return *m_layers; }
    [[nodiscard]] ImagePanel &image() const { return *m_image; }
    /// Null: the start page.
    void setPage(DocumentPage *page);

Q_SIGNALS:
    /// The button of a panel that has nothing to show.
    void buildRequested();
    /// A short sentence for the status line.
    void message(const QString &text);

private:
    void connectImage();
    void connectPage();
    void showNotice();
    void showImages();
    void showContents(int image);
    void showWaste();
    void saveFile(int image, const QString &path, quint64 bytes);
    void selectBuilt(InstructionId built);
    [[nodiscard]] BuildOutcome *outcome() const;

    const Context &m_context;
    QWidget *m_window;
    LayersPanel *m_layers;
    ImagePanel *m_image;
    DocumentPage *m_page = nullptr;
    QList<QMetaObject::Connection> m_connections;
};

} // namespace stagewright
