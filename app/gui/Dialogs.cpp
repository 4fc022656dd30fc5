// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Dialogs.h"

#include "theme/Theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

namespace stagewright {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Dialogs", text);
}

struct Key
{
    const char *what;
    const char *keys;
};

// Keys of the graph; they are handled by the view itself.
constexpr Key graphKeys[] = {
    {QT_TRANSLATE_NOOP("Dialogs", "Next card or row"), "Arrow keys"},
    {QT_TRANSLATE_NOOP("Dialogs", "Next card in file order"), "Tab"},
    {QT_TRANSLATE_NOOP("Dialogs", "Follow an edge"), "Ctrl+Arrow"},
    {QT_TRANSLATE_NOOP("Dialogs", "About the image, or what a row runs in"), "I"},
    {QT_TRANSLATE_NOOP("Dialogs", "Delete what is selected"), "Delete"},
    {QT_TRANSLATE_NOOP("Dialogs", "Move the view"), "Space+drag, middle button"},
    {QT_TRANSLATE_NOOP("Dialogs", "Zoom at the pointer"), "Ctrl+wheel"},
};

void addHeading(QGridLayout *grid, const Theme &theme, const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(theme.uiFont(12.5, QFont::DemiBold));
    label->setContentsMargins(0, grid->rowCount() > 1 ? 12 : 0, 0, 2);
    grid->addWidget(label, grid->rowCount(), 0, 1, 2);
}

void addRow(QGridLayout *grid, const Theme &theme, const QString &what, const QString &keys)
{
    const int row = grid->rowCount();
    auto *label = new QLabel(what);
    auto *key = new QLabel(keys);
    key->setFont(theme.monoFont(12));
    key->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(label, row, 0);
    grid->addWidget(key, row, 1);
}

void addMenu(QGridLayout *grid, const Theme &theme, const QMenu *menu)
{
    bool first = true;
    const auto actions = menu->actions();
    for (const QAction *action : actions) {
        if (action->shortcuts().isEmpty()) {
            continue;
        }
        if (first) {
            addHeading(grid, theme, menu->title().remove(QLatin1Char('&')));
            first = false;
        }
        QStringList keys;
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts) {
            keys << key.toString(QKeySequence::NativeText);
        }
        // Undo and redo carry the name of the step; the list is about the command.
        QString text = action->objectName() == QLatin1StringView("undo") ? tr("Undo")
            : action->objectName() == QLatin1StringView("redo")          ? tr("Redo")
                                                                         : action->text();
        addRow(grid, theme, text.remove(QLatin1Char('&')).remove(QStringLiteral("…")),
               keys.join(QStringLiteral(",  ")));
    }
}

QDialog *makeDialog(const QString &title, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    return dialog;
}

QDialogButtonBox *closeButton(QDialog *dialog)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    return buttons;
}

} // namespace

QDialog *showShortcuts(const Theme &theme, const std::vector<QMenu *> &menus, QWidget *parent)
{
    QDialog *dialog = makeDialog(tr("Keyboard shortcuts"), parent);
    auto *layout = new QVBoxLayout(dialog);
    auto *scroll = new QScrollArea(dialog);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *content = new QWidget(scroll);
    auto *grid = new QGridLayout(content);
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(5);
    for (const QMenu *menu : menus) {
        addMenu(grid, theme, menu);
    }
    addHeading(grid, theme, tr("In the graph"));
    for (const Key &key : graphKeys) {
        addRow(grid, theme, tr(key.what), QString::fromLatin1(key.keys));
    }
    grid->setRowStretch(grid->rowCount(), 1);
    grid->setColumnStretch(0, 1);
    scroll->setWidget(content);
    layout->addWidget(scroll);
    layout->addWidget(closeButton(dialog));
    dialog->resize(500, 620);
    dialog->show();
    return dialog;
}

QDialog *showAbout(const Theme &theme, QWidget *parent)
{
    QDialog *dialog = makeDialog(tr("About Stagewright"), parent);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 24, 24, 16);
    auto *head = new QHBoxLayout;
    head->setSpacing(16);
    auto *logo = new QLabel(dialog);
    logo->setPixmap(theme.pixmap(QStringLiteral("stagewright"), Qt::white, 56, dialog->devicePixelRatioF()));
    head->addWidget(logo, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    auto *name = new QLabel(QStringLiteral("Stagewright"), dialog);
    name->setFont(theme.uiFont(20, QFont::DemiBold));
    auto *version = new QLabel(
        tr("Version %1, with Qt %2").arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())),
        dialog);
    version->setForegroundRole(QPalette::PlaceholderText);
    words->addWidget(name);
    words->addWidget(version);
    head->addLayout(words, 1);
    layout->addLayout(head);
    auto *text = new QLabel(tr("See, edit and check Dockerfiles as a graph of build stages.\n\n"
                               "Free software under the Apache licence, version 2.0. It stands on Qt and KDE's "
                               "KSyntaxHighlighting (both LGPL, linked dynamically) and on nlohmann/json (MIT).\n\n"
                               "Opening a file never runs anything, and nothing is sent anywhere."),
                            dialog);
    text->setWordWrap(true);
    text->setMinimumWidth(400);
    layout->addSpacing(8);
    layout->addWidget(text);
    layout->addSpacing(8);
    layout->addWidget(closeButton(dialog));
    dialog->show();
    return dialog;
}

} // namespace stagewright
