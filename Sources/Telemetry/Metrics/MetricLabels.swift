/// A series' labels, sorted by name, names made valid.
struct MetricLabels: Hashable, Sendable {
  struct Label: Hashable, Sendable {
    var name: String
    var value: String
  }

  private(set) var labels: [Label]

  init(_ labels: [String: String]) {
    self.labels = labels.map { Label(name: MetricName.label($0.key), value: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The labels of the series that stands for all label sets past the limit.
  var overflow: MetricLabels {
    var copy = self
    for index in copy.labels.indices { copy.labels[index].value = "overflow" }
    return copy
  }
}
