// A service imports RuntimeHost alone: what it is written against comes along.
@_exported import Events
@_exported import HTTPClient
@_exported import HTTPServer
@_exported import HostEvents
@_exported import JSON
@_exported import Messaging
@_exported import Storage
@_exported import Telemetry
