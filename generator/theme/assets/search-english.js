// Made by tools/make_labels.py: the search's labels for a page that hands over none.
export const search = {
 "search_nothing": "Type at least one word or number to search.",
 "search_offline": "Search could not load its index. Look at the connection, then type again.",
 "search_missing": "The search index of this site cannot be found. Reload the page; the site may be being updated.",
 "search_foreign": "This site was updated after this page was opened. Reload the page to search it.",
 "search_file": "Search works on a web server only: run `seedbed serve`, or put the site on a host.",
 "search_none": "Nothing found. Try fewer words, or look at the spelling.",
 "search_results": [
  "{n} result.",
  "{n} results."
 ],
 "search_more": [
  "At least {n} result.",
  "At least {n} results."
 ],
 "search_documents": [
  "{n} document",
  "{n} documents"
 ],
 "search_instead": "No match for “{word}”; showing results for {others}.",
 "search_phrase": "{n} with the exact phrase among the first {looked} of {all} with its words.",
 "search_without": "{n} without the phrase among the first {looked} of {all} with the words.",
 "search_some": "No result has all {all} words; these have {n} of them.",
 "search_long": "Only the beginning of this long query was used.",
 "search_all": "All results, with filters",
 "kind_document": "Document",
 "kind_page": "Page",
 "kind_author": "Author",
 "kind_person": "Person",
 "kind_organization": "Organization",
 "kind_place": "Place"
};
export const search_page = {
 "facet_person": "People",
 "facet_organization": "Organizations",
 "facet_place": "Places",
 "facet_author": "Authors",
 "facet_language": "Languages",
 "facet_collection": "Collections",
 "facet_section": "Sections",
 "facet_year": "Years",
 "filter_facet": "Filter: {facet}",
 "filter_hint": "Type to filter",
 "filter_more": "{n} more: type to find them.",
 "filter_none": "None.",
 "filters": "Filters",
 "filters_clear": "Clear filters",
 "search_form": "All texts and names",
 "search_words": "Words, names, “phrases in quotes”, -words to leave out",
 "search_now": "Search",
 "order": "Order",
 "order_best": "Best first",
 "order_newest": "Newest first",
 "order_oldest": "Oldest first",
 "dated_from": "Date from",
 "dated_to": "to",
 "date_from": "From date",
 "date_to": "To date",
 "date_form": "YYYY-MM-DD",
 "date_hint": "A year, a month or a day: 2021, 2021-06, 2021-06-28",
 "results_pages": "Pages of results",
 "results_page": "Page {n}",
 "results_page_of": "Page {n} of {all}",
 "results_previous": "Previous",
 "results_next": "Next",
 "results_csv": "Download as CSV",
 "results_cut": "The file holds the first {n} results."
};
