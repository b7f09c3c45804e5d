'use strict';

/*
 * Draws the engagement map inside the shell that folium made (mapper/maps/engagement_map.py).
 *
 * Names and details come from sources and partners, so they are untrusted: they reach the page
 * through textContent and title only, never as HTML.
 */
const mapperMap = (() => {
  const LOADING = 'The areas are being loaded.';
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (isStill) {
    L.Map.mergeOptions({
      zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false,
    });
    L.MarkerClusterGroup.mergeOptions({ animate: false });
  }

  /** An element with text and children; `text` is always text. */
  function element(tag, { text = '', className = '', children = [] } = {}) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  }

  /** The GeoJSON at an address, or in the script element that `#id` names. */
  async function read(source) {
    if (source.startsWith('#')) {
      return JSON.parse(document.getElementById(source.slice(1)).textContent);
    }
    const response = await fetch(source, { credentials: 'same-origin' });
    if (!response.ok) throw new Error(`${source} answered ${response.status}`);
    return response.json();
  }

  /** What a property says to people: the published words, else the value itself. */
  function words(properties, name) {
    return String(properties[`${name}_text`] ?? properties[name] ?? 'Not known');
  }

  /** An area's name with its ward, which people know where the name tells them nothing. */
  function knownName(properties) {
    return [properties.area_name, properties.ward_name].filter(Boolean).join(' · ');
  }

  function definitions(pairs) {
    return element('dl', {
      children: pairs.flatMap(([heading, text]) => [
        element('dt', { text: heading }), element('dd', { text }),
      ]),
    });
  }

  /** A box that Escape closes, even when the focus is in it. */
  function box(map, heading, children) {
    const title = element('h2', { text: heading });
    title.tabIndex = -1;
    const made = element('div', { className: 'engagement-map__box', children: [title, ...children] });
    made.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        map.closePopup();
        map.getContainer().focus();
      }
    });
    return made;
  }

  function areaBox(map, properties, choices) {
    const pairs = [['Code', properties.area_code]];
    for (const row of choices.rows) pairs.push([row.heading, words(properties, row.column)]);
    if (choices.period) pairs.push(['Period', choices.period]);
    const children = [definitions(pairs)];
    if (choices.gaps && properties.lad_code) {
      const link = element('a', { text: 'Read the gap report' });
      link.href = `${choices.gaps}${encodeURIComponent(properties.lad_code)}#${encodeURIComponent(properties.area_code)}`;
      children.push(element('p', { children: [link] }));
    }
    return box(map, knownName(properties), children);
  }

  /** As wide as the map allows, and clear of the zoom buttons. */
  function boxSize(map) {
    return { maxWidth: Math.min(300, map.getSize().x - 110), autoPanPaddingTopLeft: [50, 8], autoPanPaddingBottomRight: [8, 8] };
  }

  function placeBox(map, properties) {
    const pairs = Object.entries(properties.details ?? {});
    if (properties.exactness && properties.exactness !== 'exact') {
      pairs.push(['Shown at', properties.exactness]);
    }
    const kind = element('p', { text: properties.kind, className: 'engagement-map__kind' });
    return box(map, properties.name, [kind, definitions(pairs)]);
  }

  /** Moves the focus into a box that opens, so that keyboard and screen reader follow. */
  function followBoxes(map) {
    map.on('popupopen', (event) => {
      const title = event.popup.getElement().querySelector('h2');
      if (title) title.focus({ preventScroll: true });
    });
  }

  /** The areas, shaded by the layer chosen. The geometry is fetched and kept once. */
  function areaLayer(map, collection, choices, state) {
    const style = (feature) => {
      const key = feature.properties[`${state.layer}_shade`];
      const [fill] = choices.layers[state.layer][key] ?? ['#ffffff', ''];
      const isWidest = state.layer === 'gap' && key === choices.widestGap;
      return {
        className: 'engagement-map__area',
        fillColor: fill,
        fillOpacity: choices.opacity,
        color: isWidest ? choices.colours.ink : choices.colours.outline,
        weight: isWidest ? 0.8 : 0.4,
      };
    };
    // With Leaflet's own listening for focus, a browser makes each of a thousand areas a stop of
    // the Tab key that has no name and does nothing. The box above the map reaches them by name.
    const Areas = L.GeoJSON.extend({ _addFocusListeners() {}, _setAriaDescribedByOnLayer() {} });
    const areas = new Areas(collection, { style });
    areas.bindTooltip((layer) => {
      const properties = layer.feature.properties;
      const [, label] = choices.layers[state.layer][properties[`${state.layer}_shade`]] ?? ['', ''];
      return element('span', { text: `${knownName(properties)}: ${label.toLowerCase()}` });
    }, { sticky: true });
    areas.on('mouseover', (event) => event.layer.setStyle({ weight: 3, color: choices.colours.ink }));
    areas.on('mouseout', (event) => areas.resetStyle(event.layer));
    areas.on('click', (event) => openArea(map, event.layer, event.latlng, choices));
    return areas;
  }

  /** Opens an area's box and draws a heavy line round the area while it is open. */
  function openArea(map, layer, point, choices) {
    const mark = L.polygon(layer.getLatLngs(), {
      pane: 'authorities', interactive: false, fill: false, color: choices.colours.ink, weight: 4,
    }).addTo(map);
    L.popup(boxSize(map))
      .setLatLng(point)
      .setContent(areaBox(map, layer.feature.properties, choices))
      .on('remove', () => mark.remove())
      .openOn(map);
  }

  /** Lines and names of the authorities, above the areas and deaf to the mouse. */
  function outlineLayer(map, collection, choices) {
    for (const [name, level] of [['authorities', 450], ['authority-names', 590]]) {
      map.createPane(name).style.zIndex = level;
      map.getPane(name).style.pointerEvents = 'none';
      map.getPane(name).setAttribute('aria-hidden', 'true');
    }
    const outlines = L.geoJSON(collection, {
      pane: 'authorities', interactive: false,
      style: { color: choices.colours.ink, weight: 1.6, fill: false },
    });
    outlines.eachLayer((layer) => {
      const properties = layer.feature.properties;
      L.tooltip({
        permanent: true, direction: 'center', pane: 'authority-names', className: 'engagement-map__name',
      })
        .setLatLng([properties.label_latitude, properties.label_longitude])
        .setContent(element('span', { text: properties.area_name }))
        .addTo(map);
    });
    map.on('zoomend', () => thinNames(map));
    thinNames(map);
    return outlines;
  }

  /** Hides every name that would lie on one already shown. */
  function thinNames(map) {
    const shown = [];
    for (const name of map.getPane('authority-names').children) {
      name.style.visibility = '';
      const here = name.getBoundingClientRect();
      const isFree = shown.every((other) => here.right < other.left || here.left > other.right
        || here.bottom < other.top || here.top > other.bottom);
      if (isFree) shown.push(here);
      else name.style.visibility = 'hidden';
    }
  }

  function placeIcon(kind) {
    return L.divIcon({ className: `engagement-map__place engagement-map__place--${kind}`, iconSize: [24, 24] });
  }

  function clusterIcon(kind, noun) {
    return (cluster) => {
      const count = cluster.getChildCount();
      const size = count < 10 ? 32 : count < 100 ? 38 : 46;
      const label = element('span', { text: ` ${noun}, show them`, className: 'engagement-map__unseen' });
      return L.divIcon({
        html: element('span', { text: count.toLocaleString('en-GB'), children: [label] }),
        className: `engagement-map__cluster engagement-map__cluster--${kind}`,
        iconSize: [size, size],
      });
    };
  }

  /** Fills a cluster with markers the first time it is shown. */
  async function fillCluster(map, group, kind, source) {
    group.options.iconCreateFunction = clusterIcon(kind, kind);
    const icon = placeIcon(kind);
    const collection = await read(source);
    const markers = collection.features.map((feature) => {
      const [longitude, latitude] = feature.geometry.coordinates;
      const marker = L.marker([latitude, longitude], { icon, title: feature.properties.name });
      return marker.bindPopup(() => placeBox(map, feature.properties), boxSize(map));
    });
    group.addLayers(markers);
    return markers.length;
  }

  /** Puts the layer control in the panel beside the map, where it covers nothing. */
  function placeControl(root, control) {
    const container = control.getContainer();
    container.removeAttribute('aria-haspopup');
    root.querySelector('.engagement-map__choices').append(container);
    for (const [part, role, label] of [
      ['base', 'radiogroup', 'Shade the areas by'], ['overlays', 'group', 'Mark on the map'],
    ]) {
      const list = container.querySelector(`.leaflet-control-layers-${part}`);
      list.setAttribute('role', role);
      list.setAttribute('aria-label', label);
    }
  }

  /** The one area that a person means by a name or code, or undefined. */
  function findArea(areas, wanted) {
    const sought = wanted.trim().toLowerCase();
    const all = sought ? areas.getLayers() : [];
    const named = (properties) => [properties.area_code, properties.area_name]
      .map((text) => String(text).toLowerCase());
    const exact = all.filter((layer) => named(layer.feature.properties).includes(sought));
    const begun = all.filter((layer) => named(layer.feature.properties)
      .some((text) => text.startsWith(sought)));
    const inWard = all.filter((layer) => String(layer.feature.properties.ward_name ?? '')
      .toLowerCase().startsWith(sought));
    return exact[0] ?? begun[0] ?? inWard[0];
  }

  function showArea(map, layer, choices) {
    map.fitBounds(layer.getBounds(), { maxZoom: 14, animate: false });
    openArea(map, layer, layer.getBounds().getCenter(), choices);
  }

  function offerAreas(list, areas) {
    list.append(...areas.getLayers().map((layer) => {
      const option = element('option');
      option.value = layer.feature.properties.area_name;
      option.label = [layer.feature.properties.ward_name, layer.feature.properties.area_code].filter(Boolean).join(', ');
      return option;
    }));
  }

  /** The form by which a keyboard reaches any area: what is asked before they came is shown then. */
  function makeFinder(map, root, drawn, choices, say) {
    const form = root.querySelector('.engagement-map__find');
    const input = form.querySelector('input');
    const show = (areas) => {
      const found = findArea(areas, input.value);
      if (found) showArea(map, found, choices);
      say(found ? '' : `No area or ward here is called “${input.value}”. Choose one from the list.`);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      drawn.then(show, () => {});
    });
    drawn.then((areas) => offerAreas(form.querySelector('datalist'), areas), () => {});
  }

  function showKey(root, key) {
    for (const part of root.querySelectorAll('[data-key-of]')) part.hidden = part.dataset.keyOf !== key;
  }

  function prepareMap(map, choices) {
    const container = map.getContainer();
    container.setAttribute('role', 'group');
    container.setAttribute('aria-label', 'Map. Arrow keys move it, plus and minus zoom.');
    map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
    // A drawing says nothing when read aloud: the find form, the boxes and the table do.
    map.getPane('overlayPane').setAttribute('aria-hidden', 'true');
    container.style.backgroundColor = choices.colours.sea;
    // The wheel scrolls the page until the reader has chosen the map.
    map.on('focus', () => map.scrollWheelZoom.enable());
    map.on('blur', () => map.scrollWheelZoom.disable());
    const rescale = () => {
      container.classList.toggle('engagement-map--near', map.getZoom() >= 11);
      container.classList.toggle('engagement-map--named', map.getZoom() >= 9);
    };
    map.on('zoomend', rescale);
    rescale();
    followBoxes(map);
  }

  function watchClusters(map, clusters, choices, say) {
    for (const [kind, group] of Object.entries(clusters)) {
      const fill = () => {
        say(`Loading ${kind}.`);
        fillCluster(map, group, kind, choices.sources[kind])
          .then((count) => say(`${count.toLocaleString('en-GB')} ${kind} on the map.`))
          .catch((error) => say(`The ${kind} could not be loaded: ${error.message}.`));
      };
      if (map.hasLayer(group)) fill();
      else group.once('add', fill);
    }
  }

  async function drawAreas(map, root, groups, choices) {
    const state = { layer: Object.keys(groups).find((key) => map.hasLayer(groups[key])) };
    const [areaCollection, outlineCollection] = await Promise.all(
      [read(choices.sources.areas), read(choices.sources.outlines)],
    );
    const areas = areaLayer(map, areaCollection, choices, state).addTo(map);
    outlineLayer(map, outlineCollection, choices).addTo(map);
    const choose = (chosen) => {
      const key = Object.keys(groups).find((each) => groups[each] === chosen);
      if (!key) return;
      state.layer = key;
      areas.setStyle(areas.options.style);
      showKey(root, key);
    };
    map.on('baselayerchange', (event) => choose(event.layer));
    choose(Object.values(groups).find((group) => map.hasLayer(group)));
    const asked = findArea(areas, decodeURIComponent(window.location.hash.slice(1)));
    if (asked) showArea(map, asked, choices);
    return areas;
  }

  function start({ map, control, groups, clusters, choices }) {
    const root = map.getContainer().closest('.engagement-map');
    const status = root.querySelector('.engagement-map__status');
    const say = (text) => { status.textContent = text; };
    prepareMap(map, choices);
    placeControl(root, control);
    watchClusters(map, clusters, choices, say);
    say(LOADING);
    const drawn = drawAreas(map, root, groups, choices);
    makeFinder(map, root, drawn, choices, say);
    drawn
      .then((areas) => {
        root.dataset.state = 'ready';
        root.dataset.areas = areas.getLayers().length;
        if (status.textContent === LOADING) say('');
      })
      .catch((error) => {
        root.dataset.state = 'failed';
        say(`The areas could not be loaded: ${error.message}. The table holds the same figures.`);
      });
  }

  return { start };
})();
