"""Gives exported runs to Perfetto's own parser, which is Perfetto's definition as its project publishes it.

    PYTHONPATH=<where it is> python3 src/cli/tests/read_by_perfetto.py FILE...

Each file must be a trace of which every field is defined, which says the same when it is written again, and which is whole:
events stand on tracks that are described, slices are closed where they were opened, no flow ends that did not begin, and time
goes on.
"""

import sys

from google.protobuf.unknown_fields import UnknownFieldSet
from perfetto.protos.perfetto.trace.perfetto_trace_pb2 import Trace, TrackEvent


def undefined(message, where="Trace"):
    """Where the message has fields that no definition names."""
    found = [where] if len(UnknownFieldSet(message)) else []
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        values = value if field.is_repeated else [value]
        for one in values:
            found += undefined(one, f"{where}.{field.name}")
    return found


def check(path):
    """What is wrong with a file, and what it holds."""
    with open(path, "rb") as file:
        written = file.read()
    trace = Trace.FromString(written)
    wrong = [f"{where} has fields that are not defined" for where in undefined(trace)]
    if trace.SerializeToString(deterministic=True) != written:
        wrong.append("it is not the same when it is written again")
    tracks, begun, ended, open_slices = {}, set(), set(), {}
    now, events = 0, 0
    for packet in trace.packet:
        if packet.HasField("track_descriptor"):
            track = packet.track_descriptor
            if track.HasField("parent_uuid") and track.parent_uuid not in tracks:
                wrong.append(f"track {track.uuid} stands under {track.parent_uuid}, which is not described")
            tracks[track.uuid] = track.name
            continue
        if not packet.HasField("track_event"):
            wrong.append(f"a packet is neither a track nor an event: {packet}")
            continue
        events += 1
        event = packet.track_event
        if packet.timestamp < now:
            wrong.append(f"event {events} is at {packet.timestamp} ns, after one at {now} ns")
        now = packet.timestamp
        if event.track_uuid not in tracks:
            wrong.append(f"event {events} stands on {event.track_uuid}, which is not described")
        depth = open_slices.get(event.track_uuid, 0)
        if event.type == TrackEvent.TYPE_SLICE_BEGIN:
            depth += 1
        elif event.type == TrackEvent.TYPE_SLICE_END:
            depth -= 1
        elif event.type != TrackEvent.TYPE_INSTANT:
            wrong.append(f"event {events} is of type {event.type}")
        if depth < 0:
            wrong.append(f"event {events} closes a slice that was not opened")
        open_slices[event.track_uuid] = depth
        begun.update(event.flow_ids)
        for flow in event.terminating_flow_ids:
            if flow not in begun or flow in ended:
                wrong.append(f"flow {flow} ends at event {events} and did not begin, or ended before")
            ended.add(flow)
    if events == 0:
        wrong.append("it has no events")
    return wrong, f"{len(tracks)} tracks, {events} events, {len(begun)} flows, {len(ended)} of them to a poll"


def main(paths):
    failed = 0
    for path in paths:
        wrong, holds = check(path)
        failed += bool(wrong)
        print(f"{path}: {holds}" if not wrong else f"{path}: {'; '.join(wrong[:5])}")
    print(f"test result: {'ok' if failed == 0 else 'FAILED'}. {len(paths) - failed} passed; {failed} failed")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
