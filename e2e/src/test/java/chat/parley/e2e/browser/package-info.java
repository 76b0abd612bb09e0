/**
 * The web client's promises, checked in a real browser against a real server. {@link chat.parley.e2e.browser.Visitors} brings
 * people, {@link chat.parley.e2e.browser.Person} does what a person does; only the classes of a page's parts know how the page is
 * made. Playwright is used from one thread alone: that of the tests. Imports the fixtures of {@code chat.parley.e2e}.
 */
@NullMarked
package chat.parley.e2e.browser;

import org.jspecify.annotations.NullMarked;
